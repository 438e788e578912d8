"""How does a command stay whole?"""

from django.db import transaction

# Inside another command a command adds no savepoint: if it fails, all that it was part of fails.  Two
# SQL statements fewer for each nested command.
atomic = transaction.atomic(savepoint=False)
