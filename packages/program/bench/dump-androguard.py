"""Cross references as androguard 4 sees them: one line per reference, fields separated by tabs, text as JSON.

    python dump-androguard.py app.apk > references.tsv

Kinds: call, field-read, field-write, new-instance, const-class, string; and `field`, a field that a DEX defines itself.
Offsets are in bytes, as androguard gives them.
"""
import json
import sys

from loguru import logger

logger.remove()

from androguard.misc import AnalyzeAPK  # noqa: E402

apk, files, analysis = AnalyzeAPK(sys.argv[1])
paths = {id(dex): path for dex, path in zip(files, apk.get_dex_names())}
out = sys.stdout


def line(*parts):
    out.write("\t".join(json.dumps(part) for part in parts) + "\n")


def place(method):
    return (
        paths[id(method.get_vm())],
        method.class_name,
        method.name + method.descriptor.replace(" ", ""),
    )


for dex in files:
    for field in dex.get_encoded_fields():
        line("field", paths[id(dex)], field.get_class_name(), field.get_name(), field.get_descriptor())

for method in analysis.get_methods():
    if method.is_external():
        continue
    where = place(method)
    for _, target, offset in method.get_xref_to():
        line("call", *where, offset, target.class_name, target.name, target.descriptor.replace(" ", ""))
    for kind, uses in (("field-read", method.get_xref_read()), ("field-write", method.get_xref_write())):
        for _, field, offset in uses:
            line(kind, *where, offset, field.get_class_name(), field.get_name(), field.get_descriptor())
    for kind, uses in (("new-instance", method.get_xref_new_instance()), ("const-class", method.get_xref_const_class())):
        for target, offset in uses:
            line(kind, *where, offset, target.name)

for text in analysis.get_strings():
    for _, method, offset in text.get_xref_from(with_offset=True):
        line("string", *place(method), offset, text.get_orig_value())
