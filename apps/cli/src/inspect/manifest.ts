import { axmlToText, plistJson, readAxml, readProtoXml } from '@vedette/formats';
import type { AppImage, ManifestElement } from '@vedette/program';
import { CliError, EXIT } from '../exit-code.ts';
import type { Shown, View, ViewInput } from './view.ts';

/** The manifest as XML; for iOS the Info.plist. */
export const manifest: View = {
  name: 'manifest',
  argument: null,
  needs: ['resources', 'manifest'],
  show(input) {
    const { image } = input;
    if (image.ios !== null) return infoPlist(input, image.ios);
    const [base] = image.parts;
    const entry = image.entries.find(({ path, part }) => path === 'AndroidManifest.xml' && part === base?.path);
    if (entry === undefined || image.manifest === null)
      throw new CliError(EXIT.failed, `${image.file.name} has no manifest that can be read`);
    const raw = entry.read().value;
    const { value: root } = image.container === 'aab' ? readProtoXml(raw) : readAxml(raw);
    const { resources } = image;
    const text = root === null ? '' : axmlToText(root, { nameOf: (id) => resources?.name(id) ?? null });
    return { data: elementData(image.manifest.root), text, raw };
  },
};

function elementData({ name, line, attributes, children }: ManifestElement): unknown {
  return { name, line, attributes, children: children.map(elementData) };
}

function infoPlist({ image }: ViewInput, { main }: NonNullable<AppImage['ios']>): Shown {
  if (main.info === null) throw new CliError(EXIT.failed, `${image.file.name} has no Info.plist that can be read`);
  const data = plistJson(main.info);
  const raw = image.entries.find(({ path }) => path === `${main.path}Info.plist`)?.read().value;
  return { data, text: `${JSON.stringify(data, null, 2)}\n`, ...(raw === undefined ? {} : { raw }) };
}
