"""Subsets Noto Sans SC to what a Chinese duty roster is written with.

    python3 subset.py SOURCE.ttf Unihan_OtherMappings.txt OUT.ttf

needs fonttools. SOURCE.ttf is the regular weight of Noto Sans SC, as the npm package
@expo-google-fonts/noto-sans-sc carries it (400Regular); Unihan_OtherMappings.txt is the Unicode
Consortium's, as Debian's package unicode-data carries it.

Kept: GB 2312 (all names of ordinary files), the 8,105 characters of the 通用规范汉字表 of 2013 (all
names registered since; the Unihan property kTGH), Latin with the accents of pinyin, punctuation,
arrows, circled numbers and 〓. What the source has no glyph for is listed, not kept.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont

RANGES = [
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin with accents
    (0x1CD, 0x1DC),  # the third tones of pinyin
    (0x2010, 0x2027),  # dashes, quotation marks, dots
    (0x2030, 0x203B),
    (0x2160, 0x217B),  # Roman numbers
    (0x2190, 0x2193),
    (0x2460, 0x249B),  # circled and parenthesised numbers
    (0x25A0, 0x25CF),
    (0x3000, 0x3017),  # CJK punctuation, 〓 and 〇
    (0x3220, 0x3229),  # ㈠
    (0xFF01, 0xFF5E),  # full width
    (0xFFE5, 0xFFE5),
]
SINGLE = "√✓✔×÷≤≥≈∶℃№★☆"


def gb2312():
    """All characters of the set, from its own code table."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def general_standard(other_mappings):
    """The characters of the 通用规范汉字表."""
    with open(other_mappings, encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if len(fields) == 3 and fields[1] == "kTGH":
                yield int(fields[0][2:], 16)


def main(source, other_mappings, out):
    standard = set(general_standard(other_mappings))
    assert len(standard) == 8105, len(standard)
    wanted = standard | set(gb2312()) | {ord(c) for c in SINGLE}
    for first, last in RANGES:
        wanted.update(range(first, last + 1))

    font = TTFont(source)
    has = set(font.getBestCmap())
    missing = "".join(chr(c) for c in sorted(wanted - has) if chr(c).isprintable())
    print(f"{len(wanted & has)} characters kept; no glyph for {missing}")

    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "DSIG", "STAT", "GSUB", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & has)
    subsetter.subset(font)
    font.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
