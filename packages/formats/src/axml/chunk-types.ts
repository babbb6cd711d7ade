/** Types of chunks in binary XML (AOSP androidfw ResourceTypes.h, `RES_*_TYPE`). */
export const CHUNK_STRING_POOL = 0x0001;
export const CHUNK_XML = 0x0003;
export const CHUNK_START_NAMESPACE = 0x0100;
export const CHUNK_END_NAMESPACE = 0x0101;
export const CHUNK_START_ELEMENT = 0x0102;
export const CHUNK_END_ELEMENT = 0x0103;
export const CHUNK_TEXT = 0x0104;
/** `RES_XML_FIRST_CHUNK_TYPE` and `RES_XML_LAST_CHUNK_TYPE`: what counts as a node. */
export const CHUNK_FIRST_NODE = 0x0100;
export const CHUNK_LAST_NODE = 0x017f;
export const CHUNK_RESOURCE_MAP = 0x0180;

/** A string index that means "none". */
export const NO_STRING = 0xffff_ffff;

/** Types of values (ResourceTypes.h, `Res_value::TYPE_*`). */
export const VALUE_NULL = 0x00;
export const VALUE_REFERENCE = 0x01;
export const VALUE_ATTRIBUTE = 0x02;
export const VALUE_STRING = 0x03;
export const VALUE_FLOAT = 0x04;
export const VALUE_DIMENSION = 0x05;
export const VALUE_FRACTION = 0x06;
export const VALUE_DYNAMIC_REFERENCE = 0x07;
export const VALUE_DYNAMIC_ATTRIBUTE = 0x08;
export const VALUE_INT_DEC = 0x10;
export const VALUE_INT_HEX = 0x11;
export const VALUE_BOOLEAN = 0x12;
export const VALUE_FIRST_COLOUR = 0x1c;
export const VALUE_LAST_COLOUR = 0x1f;
