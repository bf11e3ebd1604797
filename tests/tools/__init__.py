"""Tools that developers and the Makefile run; none is part of the product."""
