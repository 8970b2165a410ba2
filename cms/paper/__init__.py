"""What editors write in a page, as plain values that typst sets.

No markup of typst is ever built from what they typed: texts stay texts.
"""
