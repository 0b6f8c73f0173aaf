"""The calculations, as pure functions: no store, no page, no server. ``from pspworkbook.methods import sroi`` is enough."""
