"""What reading documents must show: `python -m benchmarks.documents PART FOLDER`, FOLDER with manifest.csv, good/ and bad/.

literals  all three literals found, per format; Chinese, Japanese and Korean apart, scans and images apart
pages     literals on the page where an independent reader finds them; answers of page question sets on their page
marks     random quotes of thirty PDFs: whether the text inside the marked rectangles is the quote
bad       hostile and broken files through a whole library: how each ended, memory, canaries, the documents added before
long      a PDF of 1,024 and one of 10,000 pages and a long book through the real library: memory, progress, cancel
names     hostile file names: stored under ids, shown escaped, nothing outside the library's folder
speed     pages of the good PDFs a second against pypdf, and the literals that each finds
all       one after the other
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.documents.bad import bad
from benchmarks.documents.literals import literals
from benchmarks.documents.long import long
from benchmarks.documents.marks import marks
from benchmarks.documents.names import names
from benchmarks.documents.pages import pages
from benchmarks.documents.speed import speed

PARTS: Mapping[str, Callable[[Path], None]] = {
    "literals": literals,
    "pages": pages,
    "marks": marks,
    "bad": bad,
    "long": long,
    "names": names,
    "speed": speed,
}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in (*PARTS, "all"):
        sys.exit(__doc__)
    for name, part in PARTS.items():
        if sys.argv[1] in (name, "all"):
            print(f"== {name}", flush=True)
            part(Path(sys.argv[2]))
