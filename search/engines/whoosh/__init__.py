"""The default engine, over Whoosh's file format."""

from search.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
