import type { ResourceValue } from '../arsc/resources.ts';
import {
  VALUE_ATTRIBUTE,
  VALUE_BOOLEAN,
  VALUE_DIMENSION,
  VALUE_DYNAMIC_ATTRIBUTE,
  VALUE_DYNAMIC_REFERENCE,
  VALUE_FIRST_COLOUR,
  VALUE_FLOAT,
  VALUE_FRACTION,
  VALUE_INT_DEC,
  VALUE_INT_HEX,
  VALUE_NULL,
  VALUE_REFERENCE,
  VALUE_STRING,
} from '../axml/chunk-types.ts';
import { typedValueText } from '../axml/typed-value.ts';
import type { ProtoCursor } from '../protobuf/proto-cursor.ts';

/** A reference: `type`, `id`, `name`, whether its id is only known at run time. */
export interface ProtoReference {
  readonly attribute: boolean;
  /** 0 where it is only named. */
  readonly id: number;
  readonly name: string;
  readonly dynamic: boolean;
}

/** `aapt.pb.Reference` (AOSP tools/aapt2/Resources.proto). */
export function readProtoReference(cursor: ProtoCursor): ProtoReference {
  let [attribute, id, name, dynamic] = [false, 0, '', false];
  while (cursor.next()) {
    if (cursor.field === 1) attribute = cursor.low() === 1;
    else if (cursor.field === 2) id = cursor.low();
    else if (cursor.field === 3) name = cursor.text();
    else if (cursor.field === 5) {
      for (const inner = cursor.message(); inner.next(); ) if (inner.field === 1) dynamic = inner.low() !== 0;
    }
  }
  return { attribute, id, name, dynamic };
}

function referenceValue({ attribute, id, name, dynamic }: ProtoReference): ResourceValue {
  const type = attribute
    ? dynamic
      ? VALUE_DYNAMIC_ATTRIBUTE
      : VALUE_ATTRIBUTE
    : dynamic
      ? VALUE_DYNAMIC_REFERENCE
      : VALUE_REFERENCE;
  const text = id === 0 && name !== '' ? `${attribute ? '?' : '@'}${name}` : typedValueText(type, id);
  return { type, data: id, text };
}

/** `Res_value` of an id: it has no content. */
const ID_VALUE: ResourceValue = { type: VALUE_BOOLEAN, data: 0, text: 'false' };

/**
 * `aapt.pb.Item` as the `Res_value` that the build makes of it; of several alternatives the last, as protobuf's `oneof` has it. Strings have no place in a pool: `data` is
 * 0 for them. Null where the item is empty or of an unknown kind.
 */
export function readProtoItem(cursor: ProtoCursor): ResourceValue | null {
  let value: ResourceValue | null = null;
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        value = referenceValue(readProtoReference(cursor.message()));
        break;
      // String, RawString, StyledString and FileReference all have their text first.
      case 2:
      case 3:
      case 4:
      case 5:
        value = { type: VALUE_STRING, data: 0, text: firstText(cursor.message()) };
        break;
      case 6:
        value = ID_VALUE;
        break;
      case 7:
        value = readPrimitive(cursor.message()) ?? value;
        break;
      default:
    }
  }
  return value;
}

function firstText(cursor: ProtoCursor): string {
  let text = '';
  while (cursor.next()) if (cursor.field === 1) text = cursor.text();
  return text;
}

/** Alternatives of `aapt.pb.Primitive` whose wire value is `Res_value::data`, by field number. */
const PRIMITIVES: Readonly<Record<number, number>> = {
  3: VALUE_FLOAT,
  4: VALUE_FLOAT,
  5: VALUE_FLOAT,
  6: VALUE_INT_DEC,
  7: VALUE_INT_HEX,
  8: VALUE_BOOLEAN,
  9: VALUE_FIRST_COLOUR,
  10: VALUE_FIRST_COLOUR + 1,
  11: VALUE_FIRST_COLOUR + 2,
  12: VALUE_FIRST_COLOUR + 3,
  13: VALUE_DIMENSION,
  14: VALUE_FRACTION,
};

function readPrimitive(cursor: ProtoCursor): ResourceValue | null {
  let value: ResourceValue | null = null;
  while (cursor.next()) {
    // NullType and EmptyType: `DATA_NULL_UNDEFINED` and `DATA_NULL_EMPTY`.
    if (cursor.field === 1 || cursor.field === 2) value = { type: VALUE_NULL, data: cursor.field - 1, text: '' };
    const type = PRIMITIVES[cursor.field];
    if (type === undefined) continue;
    const data = type === VALUE_BOOLEAN ? (cursor.low() === 0 ? 0 : 0xffff_ffff) : cursor.low();
    value = { type, data, text: typedValueText(type, data) };
  }
  return value;
}
