"""Indexes of vectors in Python, for `npm run bench -- index`: faiss-cpu and hnswlib.

Told as JSON in the first argument, and then asked by lines, as bench/peers/peer.ts says.
"""

import json
import resource
import sys
import time

import numpy

IVF_REFINE = 4


class FaissFlat:
    setting = None

    def __init__(self, task):
        import faiss

        self.faiss, self.version = faiss, faiss.__version__
        self.index = self.make(task)

    def make(self, task):
        return self.faiss.IndexFlatIP(task["dimension"])

    def build(self, rows):
        for part in portions(rows):
            self.index.add(part)

    def ready(self):
        self.faiss.omp_set_num_threads(1)

    def set(self, value):
        pass

    def search(self, query, k):
        return self.index.search(query[None], k)[1][0]


class FaissHnsw(FaissFlat):
    setting = {"name": "efSearch", "values": [16, 32, 64, 96, 128, 192, 256, 384, 512, 1024]}

    def make(self, task):
        return self.faiss.IndexHNSWFlat(task["dimension"], 32, self.faiss.METRIC_INNER_PRODUCT)

    def set(self, value):
        self.index.hnsw.efSearch = value


class FaissIvf(FaissFlat):
    """8-bit codes in lists; the best candidates are compared exactly."""

    setting = {"name": "nprobe", "values": [4, 8, 16, 32, 64, 128, 256]}

    def make(self, task):
        lists = max(16, 2 ** round(numpy.log2(4 * task["n"] ** 0.5)))
        factory = f"IVF{lists},SQ8,RFlat"
        index = self.faiss.index_factory(task["dimension"], factory, self.faiss.METRIC_INNER_PRODUCT)
        index.k_factor = IVF_REFINE
        return index

    def build(self, rows):
        sample = numpy.linspace(0, len(rows) - 1, min(len(rows), 64 * 1024)).astype(numpy.int64)
        self.index.train(numpy.ascontiguousarray(rows[sample]))
        super().build(rows)

    def set(self, value):
        self.faiss.extract_index_ivf(self.index).nprobe = value


class Hnswlib:
    setting = {"name": "ef", "values": [16, 32, 64, 96, 128, 192, 256, 384, 512, 1024]}

    def __init__(self, task):
        import importlib.metadata

        import hnswlib

        self.version = importlib.metadata.version("hnswlib")
        self.index = hnswlib.Index(space="ip", dim=task["dimension"])
        self.index.init_index(max_elements=task["n"], ef_construction=200, M=16)

    def build(self, rows):
        for part in portions(rows):
            self.index.add_items(part)

    def ready(self):
        self.index.set_num_threads(1)

    def set(self, value):
        self.index.set_ef(value)

    def search(self, query, k):
        return self.index.knn_query(query, k)[0][0]


VARIANTS = {"faiss-flat": FaissFlat, "faiss-hnsw": FaissHnsw, "faiss-ivf": FaissIvf, "hnswlib": Hnswlib}


def portions(rows, size=16384):
    for first in range(0, len(rows), size):
        yield numpy.ascontiguousarray(rows[first : first + size])


def memory_mb():
    """What is nobody else's and in no file; where there is no /proc, the most that was resident."""
    try:
        with open("/proc/self/status") as status:
            fields = dict(line.split(":", 1) for line in status)
        return sum(int(fields[name].split()[0]) for name in ("RssAnon", "RssShmem")) / 1024
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


class Server:
    def __init__(self, task):
        shape = (-1, task["dimension"])
        self.rows = numpy.memmap(task["vectors"], numpy.float32, "r").reshape(shape)[: task["n"]]
        self.queries = numpy.fromfile(task["queries"], numpy.float32).reshape(shape)[: task["queryCount"]]
        self.peer = VARIANTS[task["variant"]](task)
        self.ids = [f"bench/photos/{row // 1000}/IMG_{row:07d}.jpg" for row in range(task["n"])]

    def about(self, _):
        return {"version": self.peer.version, "setting": self.peer.setting}

    def build(self, _):
        before, start = memory_mb(), time.perf_counter()
        self.peer.build(self.rows)
        seconds = time.perf_counter() - start
        self.peer.ready()
        return {"seconds": seconds, "memoryMb": memory_mb() - before, "diskMb": 0}

    def set(self, argument):
        self.peer.set(argument["value"])

    def search(self, argument):
        ms, rows = [], []
        until = time.perf_counter() + argument["seconds"]
        for nth in range(argument["from"], argument["from"] + argument["count"]):
            if time.perf_counter() >= until:
                break
            query = self.queries[nth % len(self.queries)]
            start = time.perf_counter()
            found = self.peer.search(query, argument["k"])
            [self.ids[row] for row in found]
            ms.append((time.perf_counter() - start) * 1000)
            if argument.get("rows"):
                rows.append([int(row) for row in found])
        return {"ms": ms, "rows": rows}


def main():
    server = Server(json.loads(sys.argv[1]))
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = {"result": getattr(server, order["call"])(order.get("with"))}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        # The bench tells answers by these very characters.
        print(json.dumps(answer, separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
