/** Types of chunks in resources.arsc (AOSP androidfw ResourceTypes.h, `RES_TABLE_*`); the string pool's is in chunk-types.ts. */
export const CHUNK_TABLE = 0x0002;
export const CHUNK_PACKAGE = 0x0200;
export const CHUNK_TYPE = 0x0201;
export const CHUNK_TYPE_SPEC = 0x0202;
export const CHUNK_LIBRARY = 0x0203;
export const CHUNK_OVERLAYABLE = 0x0204;
export const CHUNK_OVERLAYABLE_POLICY = 0x0205;
export const CHUNK_STAGED_ALIAS = 0x0206;
/** A list of feature flags, since Android 16. */
export const CHUNK_FLAG_LIST = 0x0207;

/** `ResTable_type::FLAG_*`: how the offsets of the entries are written. */
export const TYPE_SPARSE = 0x01;
export const TYPE_OFFSET16 = 0x02;

/** `ResTable_entry::FLAG_*`. */
export const ENTRY_COMPLEX = 0x0001;
export const ENTRY_PUBLIC = 0x0002;
export const ENTRY_WEAK = 0x0004;
export const ENTRY_COMPACT = 0x0008;

export const NO_ENTRY = 0xffff_ffff;
export const NO_ENTRY_16 = 0xffff;

/** `ResTable_typeSpec::SPEC_PUBLIC`: the resource is public API of its package. */
export const SPEC_PUBLIC = 0x4000_0000;
