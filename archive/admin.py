"""The plain admin of every model: one module an idea. The correction desk is an app of its own."""

from archive import (  # noqa: F401  (each registers its models)
    admin_desk,
    admin_logs,
    admin_mentions,
    admin_pages,
    admin_people,
    admin_pieces,
    admin_places,
    admin_users,
    admin_vocabulary,
)
