"""A paper as a cheap dot-matrix printer with a tired ribbon makes it, photographed with a phone at arm's length.

usage: dotMatrix.py IN.png OUT.jpg SEED PIXELS
IN.png is drawn at 180 dots an inch; PIXELS is how wide the sheet is in the photograph.
"""
import random
import sys

from PIL import Image, ImageDraw, ImageFilter

source, target, seed, pixels = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
random.seed(seed)
sheet = Image.open(source).convert("L")
scale = 4
paper = Image.new("L", (sheet.width * scale, sheet.height * scale), 236)
draw = ImageDraw.Draw(paper)
dots = sheet.load()
# Nine needles, each with its own wear; the head is a hair out of line from one pass to the next.
needles = [random.uniform(0.82, 1.0) for _ in range(9)]
for top in range(0, sheet.height, 9):
    shift = random.uniform(-0.35, 0.35)
    for row in range(top, min(top + 9, sheet.height)):
        wear = needles[row - top]
        for column in range(sheet.width):
            if dots[column, row] >= 128:
                continue
            ribbon = 0.75 + 0.25 * random.random()
            ink = int(236 - 190 * wear * ribbon)
            # A needle's dot is larger than the pitch: lines close, and light gaps fill.
            radius = scale * random.uniform(0.6, 0.74)
            x = (column + 0.5 + shift) * scale + random.uniform(-0.3, 0.3)
            y = (row + 0.5) * scale + random.uniform(-0.3, 0.3)
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)
# Held by hand: a little turned, seen a little from the side, not quite sharp, under a lamp from one corner.
photo = paper.rotate(random.uniform(-4, 4), expand=True, fillcolor=170, resample=Image.BICUBIC)
width, height = photo.size
lean = random.uniform(0.0, 0.03)
photo = photo.transform(
    (width, height),
    Image.QUAD,
    (0, 0, width * lean, height, width, height * (1 - lean), width * (1 - lean), 0),
    resample=Image.BICUBIC,
)
photo = photo.resize((pixels, int(photo.height * pixels / photo.width)), Image.LANCZOS)
photo = photo.filter(ImageFilter.GaussianBlur(random.uniform(0.4, 0.8)))
shade = Image.linear_gradient("L").resize(photo.size).point(lambda value: 150 + value * 105 // 255)
photo = Image.composite(photo, Image.new("L", photo.size, 40), shade)
photo.convert("RGB").save(target, quality=70)
