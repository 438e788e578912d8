#!/bin/sh
# What must hold before a change is taken: form, direction of imports, migrations, licences, documents.
set -u
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH
export HOLDFAST_DATABASE_ROLE=owner
failed=0
check() {
    words=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $words"
    else
        failed=1
        printf 'FAILED  %s\n%s\n' "$words" "$output"
    fi
}
check "format" ruff format --check .
check "lint" ruff check .
check "types" mypy
check "import contracts" lint-imports
check "migrations" python -W ignore -m django makemigrations --check --dry-run --settings holdfast.settings
check "licences" python tools/licences.py
[ ! -f docs/generate.py ] || check "documents" python docs/generate.py --check
exit $failed
