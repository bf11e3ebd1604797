"""What a first recognition got wrong or missed, found and mended."""
