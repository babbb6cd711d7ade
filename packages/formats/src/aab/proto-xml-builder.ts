import type { XmlAttributeSpec, XmlNode, XmlValue } from '../axml/axml-builder.ts';
import { ANDROID_NAMESPACE, FRAMEWORK_ATTRIBUTES } from '../axml/framework-attributes.ts';
import { ProtoWriter } from '../protobuf/proto-writer.ts';

/** Writes `aapt.pb.XmlNode`: what a bundle has where an APK has binary XML. */
export function buildProtoXml(root: XmlNode): Uint8Array {
  return protoNode(root).finish();
}

/** One element as a node, for what no honest document has. */
export function protoNode(node: XmlNode): ProtoWriter {
  const out = new ProtoWriter().message(1, protoElement(node));
  return node.line === undefined ? out : out.message(3, new ProtoWriter().varint(1, node.line));
}

export function protoElement({ name, attributes = [], children = [] }: XmlNode): ProtoWriter {
  const out = new ProtoWriter();
  const list = Array.isArray(attributes) ? attributes : Object.entries(attributes).map(byName);
  if (list.some(({ namespace }) => namespace === ANDROID_NAMESPACE)) {
    out.message(1, new ProtoWriter().text(1, 'android').text(2, ANDROID_NAMESPACE));
  }
  out.text(3, name);
  for (const attribute of list) out.message(4, protoAttribute(attribute));
  for (const child of children) out.message(5, protoNode(child));
  return out;
}

function byName([name, value]: [string, XmlValue]): XmlAttributeSpec {
  if (!name.startsWith('android:')) return { name, value };
  const short = name.slice('android:'.length);
  return { name: short, namespace: ANDROID_NAMESPACE, resourceId: FRAMEWORK_ATTRIBUTES[short] ?? 0, value };
}

export function protoAttribute({ name, namespace, resourceId, value }: XmlAttributeSpec): ProtoWriter {
  const out = new ProtoWriter().text(1, namespace ?? undefined).text(2, name);
  if (typeof value === 'string') out.text(3, value);
  if (resourceId !== undefined && resourceId !== 0) out.varint(5, resourceId);
  return typeof value === 'string' ? out : out.message(6, protoItem(value));
}

/** `aapt.pb.Item`. */
export function protoItem(value: XmlValue): ProtoWriter {
  const out = new ProtoWriter();
  if (typeof value === 'string') return out.message(2, new ProtoWriter().text(1, value));
  if (typeof value === 'number') return out.message(7, new ProtoWriter().varint(6, value));
  if (typeof value === 'boolean') return out.message(7, new ProtoWriter().varint(8, value));
  if ('reference' in value) return out.message(1, new ProtoWriter().varint(2, value.reference));
  return out.message(7, new ProtoWriter().varint(7, value.data));
}
