"""How is a column compared with a list of any length?  `person__among=keys` is `person_id = ANY (keys)`.

Unlike `__in` it is one and the same statement for one key and for a thousand, with one value to send,
so that the server plans it once for each connection (ADR 17).
"""

from typing import Any

from django.db.models import Field, ForeignObject, Lookup


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):
    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY (%s)", (*values, list(self.rhs))
