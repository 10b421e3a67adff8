# SPDX-License-Identifier: GPL-2.0-only
"""A Python program of some size: many modules, and the structures programs build."""
import argparse
import array
import ast
import asyncio
import base64
import collections
import csv
import ctypes
import dataclasses
import datetime
import decimal
import difflib
import email.message
import fractions
import hashlib
import html.parser
import http.client
import inspect
import io
import json
import logging
import pydoc
import random
import re
import sqlite3
import string
import sys
import tarfile
import tokenize
import unittest
import urllib.request
import xml.etree.ElementTree as tree
import zlib

rnd = random.Random(1)
words = ["".join(rnd.choice(string.ascii_lowercase) for _ in range(rnd.randint(3, 12)))
         for _ in range(20000)]

# a dictionary of records, as a parsed document is
records = [{"id": n, "name": rnd.choice(words), "tags": rnd.sample(words, 3),
            "value": rnd.random(), "when": datetime.datetime(2020, 1, 1) + datetime.timedelta(n)}
           for n in range(8000)]
text = json.dumps(records[:4000], default=str)
parsed = json.loads(text)


# objects of a class, in a graph
@dataclasses.dataclass
class Node:
    key: int
    left: object = None
    right: object = None
    notes: list = dataclasses.field(default_factory=list)


def grow(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(middle, grow(low, middle), grow(middle + 1, high), [words[middle % len(words)]])


graph = grow(0, 12000)

# syntax trees and code of real modules
trees = [ast.parse(inspect.getsource(m)) for m in (argparse, asyncio.base_events, tarfile, pydoc)]
tokens = list(tokenize.generate_tokens(io.StringIO(inspect.getsource(difflib)).readline))

# numbers, text, rows, markup
floats = array.array("d", (rnd.gauss(0, 1) for _ in range(100000)))
whole = array.array("i", (rnd.randint(0, 1000) for _ in range(100000)))
decimals = [decimal.Decimal(n) / 7 for n in range(5000)]
counts = collections.Counter(w[:3] for w in words)
index = collections.defaultdict(list)
for word in words:
    index[word[0]].append(word)
rows = io.StringIO()
csv.writer(rows).writerows([r["id"], r["name"], r["value"]] for r in records)
root = tree.Element("root")
for record in records[:3000]:
    tree.SubElement(root, "record", id=str(record["id"])).text = record["name"]
markup = tree.tostring(root)
table = sqlite3.connect(":memory:")
table.execute("create table t (id integer primary key, name text, value real)")
table.executemany("insert into t values (?, ?, ?)",
                  ((r["id"], r["name"], r["value"]) for r in records))

# what is dense already: digests, packed data, a picture's worth of noise
digests = [hashlib.sha256(w.encode()).digest() for w in words[:6000]]
packed = [zlib.compress(("%s " % r).encode() * 4) for r in records[:1500]]
encoded = base64.b64encode(zlib.compress(text.encode()))
noise = rnd.randbytes(400000)

print("ready", flush=True)
sys.stdin.read()
