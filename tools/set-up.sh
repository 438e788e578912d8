# How does a bare Debian 12 become one that runs Holdfast?  Read by ./run and ./test, from the project's root.
#
# As root, what is missing is installed, and what runs is put where an ordinary user can read it.
# As anyone else, the line that root must type is printed before anything is done.

umask 022
service_user=holdfast
state=/var/lib/holdfast
oldest_node=18

began=$(date +%s%N)
downloads=0 # milliseconds spent waiting for the network, told apart from the rest

say() { printf '%s\n' "$*" >&2; }
since() { echo $((($(date +%s%N) - $1) / 1000000)); }
seconds() { printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100)); }
is_root() { [ "$(id -u)" -eq 0 ]; }

# downloading WORDS COMMAND...: run a command whose time is the network's
downloading() {
    words=$1 at=$(date +%s%N)
    shift
    "$@"
    took=$(since "$at")
    downloads=$((downloads + took))
    say "  $(seconds "$took")  $words (download)"
}

# doing WORDS COMMAND...: run a command whose time is ours
doing() {
    words=$1 at=$(date +%s%N)
    shift
    "$@"
    say "  $(seconds "$(since "$at")")  $words"
}

# --- Debian's packages -----------------------------------------------------------------------------

find_python() {
    python=python3
    # What root runs, an ordinary user must be able to run too: a Python in root's home is no use.
    if is_root && [ -x /usr/bin/python3 ]; then python=/usr/bin/python3; fi
}

missing_packages() {
    command -v "$python" >/dev/null || printf ' python3'
    "$python" -c 'import ensurepip, venv' 2>/dev/null || printf ' python3-venv'
    [ "$1" = dev ] || return 0
    command -v chromium >/dev/null || printf ' chromium'
    # What steers the browser in the tests brings a node that needs it.
    set -- /usr/lib/*/libatomic.so.1
    [ -e "$1" ] || printf ' libatomic1'
    [ -d /usr/share/fonts/truetype/liberation ] || [ -d /usr/share/fonts/truetype/liberation2 ] || printf ' fonts-liberation'
    # The second PostgreSQL that the tests run on; nobody but root is asked for it.
    ! is_root || [ -x /usr/lib/postgresql/15/bin/initdb ] || printf ' postgresql-15'
}

apt_install() {
    command -v apt-get >/dev/null || { say "This needs Debian 12 or its like; missing:$*"; exit 1; }
    log=$(mktemp)
    if ! { apt-get update -q && apt-get install -q -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        exit 1
    fi
    rm -f "$log"
}

need_packages() {
    find_python
    missing=$(missing_packages "$1")
    if [ -n "$missing" ] && is_root; then
        # shellcheck disable=SC2086 # one word for each package
        DEBIAN_FRONTEND=noninteractive downloading "Debian packages:$missing" apt_install $missing
    elif [ -n "$missing" ]; then
        say "Something is missing that only root can install.  Type this as root, then start again:"
        say ""
        say "    apt-get update && apt-get install -y --no-install-recommends$missing"
        say ""
        exit 1
    fi
    find_python
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or later is needed."; exit 1; }
}

# --- Where it runs from ----------------------------------------------------------------------------

as_service_user() { setpriv --reuid "$service_user" --regid "$service_user" --clear-groups "$@"; }

choose_place() {
    code=$PWD
    venv=$PWD/.venv
    is_root || return 0
    id "$service_user" >/dev/null 2>&1 ||
        useradd --system --user-group --no-create-home --home-dir "$state" --shell /usr/sbin/nologin "$service_user"
    if as_service_user test -r "$PWD/holdfast/settings.py" 2>/dev/null; then return 0; fi
    place=$state/checkouts/$(printf %s "$PWD" | cksum | cut -d ' ' -f 1)
    say "The user $service_user cannot read $PWD, so a copy in $place runs."
    mkdir -p "$place/code"
    chmod 755 "$state"
    code=$place/code
    venv=$place/venv
    if [ "$(readlink .venv || true)" != "$venv" ]; then
        rm -rf .venv
        ln -s "$venv" .venv
    fi
}

copy_code() {
    [ "$code" != "$PWD" ] || return 0
    rm -rf "$code.new"
    mkdir -p "$code.new/build"
    cp -R holdfast "$code.new/"
    cp -R build/static "$code.new/build/"
    chmod -R a+rX "$code.new"
    rm -rf "$code"
    mv "$code.new" "$code"
}

# --- Python's packages -----------------------------------------------------------------------------

stamp_of() { cat "$@" | cksum | cut -d ' ' -f 1; }

make_venv() {
    usable=yes
    "$venv/bin/python" -c '' 2>/dev/null || usable=no
    if is_root && ! as_service_user "$venv/bin/python" -c 'import concurrent.futures' 2>/dev/null; then usable=no; fi
    [ $usable = no ] || return 0
    rm -rf "$venv"
    doing "Python environment" "$python" -m venv "$venv"
}

pip_quietly() { "$venv/bin/python" -m pip -qq --disable-pip-version-check --no-input "$@"; }

# install LOCK: exactly what the lock names, checked against its hashes
install() {
    lock=requirements/$1.txt
    stamp=$(stamp_of "$lock")
    [ "$(cat "$venv/lock-$1" 2>/dev/null)" != "$stamp" ] || return 0
    wheels=$(mktemp -d)
    downloading "Python packages ($1)" pip_quietly download --no-deps --require-hashes --only-binary :all: \
        -d "$wheels" -r "$lock"
    doing "Python packages ($1) put in place" pip_quietly install --no-deps --no-index --find-links "$wheels" \
        --require-hashes -r "$lock"
    rm -rf "$wheels"
    echo "$stamp" >"$venv/lock-$1"
}

link_project() {
    site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$code" >"$site/holdfast.pth"
    cat >"$venv/bin/holdfast.new" <<END
#!/bin/sh
# Only what is installed counts, not what lies in the folder one happens to be in.
PYTHONSAFEPATH=1 exec "$venv/bin/python" -m holdfast.commandline "\$@"
END
    chmod 755 "$venv/bin/holdfast.new"
    mv "$venv/bin/holdfast.new" "$venv/bin/holdfast"
}

# --- The front end ---------------------------------------------------------------------------------

find_node() {
    version=$(node --version 2>/dev/null | sed 's/^v//; s/\..*//')
    if command -v npm >/dev/null && [ "${version:-0}" -ge "$oldest_node" ]; then return 0; fi
    install node
    PATH=$venv/bin:$PATH
}

npm_install() { npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --no-update-notifier >/dev/null; }

build_front_end() {
    stamp=$(stamp_of package-lock.json front/build.py)
    [ "$(cat build/static/stamp 2>/dev/null)" != "$stamp" ] || return 0
    find_node
    downloading "front-end packages" npm_install
    doing "front end built" "$venv/bin/python" front/build.py
    stamp_of package-lock.json front/build.py >build/static/stamp
}

# set_up base|dev
set_up() {
    need_packages "$1"
    choose_place
    make_venv
    install "$1"
    build_front_end
    copy_code
    link_project
    total=$(since "$began")
    say "Set up in $(seconds $((total - downloads))), and $(seconds "$downloads") of download."
}
