import type { Evidence } from '@vedette/contracts';
import type { AppImage } from '@vedette/program';
import { CALLS } from '../../call-groups.ts';
import { atCall, attributeOf, inFile } from '../../evidence.ts';
import { libraryOf } from '../../library.ts';
import { hit, type Rule, type RuleKind, type Source } from '../../rule.ts';
import type { RuleContext } from '../../rule-context.ts';
import { componentClassMissing } from '../code/component-class-missing.ts';
import { opaqueFiles } from './opaque-files.ts';

interface StructuralRow {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly kind: RuleKind;
  readonly malice?: number;
  readonly needs: readonly Source[];
  readonly attack: readonly string[];
  find(image: AppImage, ctx: RuleContext): readonly Evidence[];
}

/** Own classes from which a share of short names says something. */
const MIN_CLASSES = 100;
const SHORT_SHARE = 0.6;
/** Calls by reflection in own code: parsers and bridges of honest apps have some ten. */
const MANY_REFLECTIVE = 40;
/** With code this small, nothing but a shell is in it. */
const FEW_CLASSES = 20;
const LARGE_NATIVE = 1_000_000;

const ROWS: readonly StructuralRow[] = [
  {
    id: 'android.packer.classes-in-blob',
    title: 'Classes that the manifest names are missing, and the package has files that look encrypted',
    why: 'The missing classes are most likely in the files: the real code was not seen by this analysis.',
    remedy: 'Watch the app run and look at what it loads.',
    kind: 'behaviour',
    malice: 8,
    needs: ['manifest', 'code', 'archive'],
    attack: ['T1406.002'],
    find: (image, ctx) => {
      const missing = componentClassMissing.run(image, ctx)?.evidence ?? [];
      const opaque = missing.length === 0 ? [] : opaqueFiles(ctx);
      return opaque.length === 0 ? [] : [...opaque.slice(0, 5).map(fileOf), ...missing];
    },
  },
  {
    id: 'android.packer.early-loader',
    title: 'The application class loads code from files before anything else runs',
    why: 'This is how shells put the real code in place. Frameworks that replace code at run time do it as well.',
    remedy: 'Look at what is loaded, while the app runs.',
    kind: 'behaviour',
    malice: 5,
    needs: ['manifest', 'code'],
    attack: ['T1407', 'T1406.002'],
    find: (image, ctx) => {
      const element = image.manifest?.application ?? null;
      const name = element === null ? undefined : attributeOf(element, 'name');
      if (name === undefined) return [];
      const full = name.startsWith('.') ? `${image.manifest?.package ?? ''}${name}` : name;
      return ctx
        .calls(...CALLS.loadsCode, { class: 'java.lang.System', name: 'load' })
        .filter((call) => call.class === full && call.method.startsWith('attachBaseContext('))
        .map((call) => atCall(call, 'in attachBaseContext of the application class'));
    },
  },
  {
    id: 'android.packer.opaque-file',
    title: 'A file that looks encrypted is larger than all code of the app',
    why: 'Packed code is kept so. So are data of games and content that is sold.',
    remedy: 'Look at what reads the file.',
    kind: 'behaviour',
    malice: 4,
    needs: ['code', 'archive'],
    attack: ['T1406'],
    find: (image, ctx) => {
      const code = image.entries
        .filter(({ path }) => /^classes\d*\.dex$/.test(path))
        .reduce((sum, { size }) => sum + size, 0);
      return code === 0
        ? []
        : opaqueFiles(ctx)
            .filter(({ size }) => size > code)
            .slice(0, 5)
            .map(fileOf);
    },
  },
  {
    id: 'android.packer.little-code',
    title: 'The app has hardly any Dalvik code and much native code',
    why: 'What it does is in native code, where these rules do not look. Games are made so, and shells.',
    remedy: 'Look at the native libraries.',
    kind: 'fact',
    needs: ['code', 'archive'],
    attack: ['T1406'],
    find: (image) => {
      const classes = image.code.dexFiles.reduce((sum, dex) => sum + dex.classes, 0);
      if (classes === 0 || classes > FEW_CLASSES) return [];
      return image.entries
        .filter(({ path, size }) => /^lib\/[^/]+\/[^/]+\.so$/.test(path) && size >= LARGE_NATIVE)
        .slice(0, 5)
        .map(({ path, size }) => inFile(path, `${size} bytes of native code, and ${classes} classes of Dalvik code`));
    },
  },
  {
    id: 'android.packer.upx',
    title: 'A native library is packed with UPX',
    why: 'The code is unpacked as the library is loaded and was not seen. Phones gain nothing by it, so it mostly hides.',
    remedy: 'Unpack the library, if its header was left as it is, and scan again.',
    kind: 'behaviour',
    malice: 5,
    needs: ['archive'],
    attack: ['T1406.002'],
    find: (image) =>
      image.native.flatMap(({ path, elf: { upx } }) =>
        upx === null
          ? []
          : [
              inFile(path, upx.magicAltered ? 'header of UPX whose name was changed' : 'header of UPX', {
                offset: upx.offset,
              }),
            ],
      ),
  },
  {
    id: 'android.obfuscator.short-names',
    title: 'Most classes of the app have names of one or two letters',
    why: 'Names were taken away, as release builds do. Libraries among them cannot be told by name: where none was found, their absence is not proven.',
    remedy: 'Nothing to do.',
    kind: 'fact',
    needs: ['code'],
    attack: ['T1406'],
    find: (image) => {
      let own = 0;
      let short = 0;
      let file = '';
      for (const type of image.code.classes()) {
        if (libraryOf(type.name) !== null) continue;
        own++;
        if (!/(?:^|\.)[A-Za-z]\w?$/.test(type.name)) continue;
        short++;
        file ||= type.file;
      }
      if (own < MIN_CLASSES || short < own * SHORT_SHARE) return [];
      return [inFile(file, `${short} of ${own} classes that carry no library's name`)];
    },
  },
  {
    id: 'android.obfuscator.reflection',
    title: 'The app calls very many methods by reflection',
    why: 'What is called so cannot be seen in the code. Obfuscators hide calls this way.',
    remedy: 'Read an absence of findings with care.',
    kind: 'behaviour',
    malice: 1,
    needs: ['code'],
    attack: ['T1406'],
    find: (image) => {
      const own = image.code
        .calls({ class: 'java.lang.reflect.Method', name: 'invoke' })
        .filter((call) => libraryOf(call.class) === null);
      return own.length < MANY_REFLECTIVE ? [] : own.map((call) => atCall(call, 'a method called by reflection'));
    },
  },
];

function fileOf({ path, size }: { readonly path: string; readonly size: number }): Evidence {
  return inFile(path, `${size} bytes that look random and are of no known format`);
}

/** Signs of hidden code that need no product's name. Each threshold is justified where it stands. */
export const STRUCTURAL_RULES: readonly Rule[] = ROWS.map(
  ({ id, title, why, remedy, kind, malice, needs, attack, find }) => ({
    id,
    version: 1,
    title,
    why,
    remedy,
    severity: malice === undefined ? 'info' : malice > 4 ? 'medium' : 'low',
    kind,
    needs,
    ...(malice === undefined ? {} : { malice: { base: malice } }),
    classes: [],
    mappings: { masvs: ['MASVS-RESILIENCE-3'], attack: [...attack] },
    run: (image, ctx) => hit(find(image, ctx)),
  }),
);
