"""timm: its small layers only; whole networks are given as source."""
