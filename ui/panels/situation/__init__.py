"""The situation desk: what really happens, by hand first, with what follows from it beside."""
