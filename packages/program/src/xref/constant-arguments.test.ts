import { assemble } from '@vedette/formats/builders';
import { describe, expect, it } from 'vitest';
import type { CallArguments, Constant } from '../app-image.ts';
import { builtCode } from '../testing/built-code.ts';

/** What the last call of a method passes. */
function lastCall(text: string): CallArguments | null {
  const code = builtCode([
    { name: 'a.A', methods: [{ name: 'go', descriptor: '()V', static: true, code: assemble(text) }] },
  ]);
  const site = code.callees({ class: 'a.A', name: 'go', descriptor: '()V' }).at(-1);
  if (site === undefined) throw new Error('no call was built');
  return code.argumentsOf(site);
}

const string = (value: string): Constant => ({ kind: 'string', value });
const number = (value: number): Constant => ({ kind: 'number', value });

describe('argumentsOf', () => {
  it('gives strings, numbers, classes, objects and static fields by parameter', () => {
    const call = lastCall(`
      .registers 9
      new-instance v0, Lx/Thing;
      const-string v1, "text"
      const/16 v2, -7
      const-wide/16 v3, 9
      const-class v5, Lx/Other;
      sget-object v6, Landroid/os/Build;->TAGS:Ljava/lang/String;
      invoke-virtual/range {v0 .. v6}, Lx/Thing;->go(Ljava/lang/String;IJLjava/lang/Class;Ljava/lang/String;)V
      return-void`);
    expect(call).toEqual({
      receiver: { kind: 'instance', name: 'x.Thing' },
      parameters: [
        string('text'),
        number(-7),
        { kind: 'number', value: 9, wide: true },
        { kind: 'class', name: 'x.Other' },
        { kind: 'field', name: 'android.os.Build.TAGS:Ljava/lang/String;' },
      ],
    });
  });

  it('follows copies and casts, and forgets what another instruction writes', () => {
    const call = lastCall(`
      .registers 6
      const-string v0, "kept"
      move-object v1, v0
      check-cast v1, Ljava/lang/String;
      const-string v2, "lost"
      invoke-static {}, Lx/Y;->make()Ljava/lang/String;
      move-result-object v2
      const/4 v3, 1
      const-wide/16 v4, 5
      long-to-int v3, v4
      invoke-static {v1, v2, v3}, Lx/Y;->use(Ljava/lang/String;Ljava/lang/String;I)V
      return-void`);
    expect(call).toEqual({ receiver: null, parameters: [string('kept'), null, null] });
  });

  it('knows nothing at a place that control reaches from elsewhere', () => {
    const joined = lastCall(`
      .registers 2
      const-string v0, "one"
      if-eqz v1, :join
      const-string v0, "two"
      :join
      invoke-static {v0}, Lx/Y;->use(Ljava/lang/String;)V
      return-void`);
    expect(joined?.parameters).toEqual([null]);
    const caught = lastCall(`
      .registers 2
      const-string v0, "one"
      .catchall {:from .. :to} :handler
      :from
      invoke-static {}, Lx/Y;->may()V
      const-string v0, "two"
      :to
      :handler
      invoke-static {v0}, Lx/Y;->use(Ljava/lang/String;)V
      return-void`);
    expect(caught?.parameters).toEqual([null]);
    const cased = lastCall(`
      .registers 2
      const-string v0, "one"
      packed-switch v1, :table
      const-string v0, "two"
      :case
      invoke-static {v0}, Lx/Y;->use(Ljava/lang/String;)V
      return-void
      :table
      .packed-switch 1
        :case
      .end packed-switch`);
    expect(cased?.parameters).toEqual([null]);
  });

  it('still knows behind a branch that was not taken', () => {
    const call = lastCall(`
      .registers 2
      const-string v0, "one"
      if-eqz v1, :end
      invoke-static {v0}, Lx/Y;->use(Ljava/lang/String;)V
      :end
      return-void`);
    expect(call?.parameters).toEqual([string('one')]);
  });

  it('knows what all branches agree on, and nothing of it at the head of a loop', () => {
    const agreed = lastCall(`
      .registers 3
      const-string v0, "AES/ECB"
      const/4 v2, 1
      if-eqz v1, :other
      const-string v0, "AES/GCM"
      const/4 v2, 2
      goto :join
      :other
      const-string v0, "AES/GCM"
      :join
      invoke-static {v0, v2}, Lx/Y;->use(Ljava/lang/String;I)V
      return-void`);
    expect(agreed?.parameters).toEqual([string('AES/GCM'), null]);
    const looped = lastCall(`
      .registers 2
      const-string v0, "one"
      :loop
      invoke-static {v0}, Lx/Y;->use(Ljava/lang/String;)V
      const-string v0, "two"
      if-eqz v1, :loop
      return-void`);
    expect(looped?.parameters).toEqual([null]);
  });

  const builder = (...lines: readonly string[]): CallArguments | null =>
    lastCall(`
      .registers 6
      new-instance v0, Ljava/lang/StringBuilder;
      const-string v1, "http://"
      invoke-direct {v0, v1}, Ljava/lang/StringBuilder;-><init>(Ljava/lang/String;)V
      move-object v2, v0
      ${lines.join('\n')}
      invoke-virtual {v2}, Ljava/lang/StringBuilder;->toString()Ljava/lang/String;
      move-result-object v3
      invoke-static {v3}, Lx/Y;->use(Ljava/lang/String;)V
      return-void`);
  const APPEND_TEXT =
    'invoke-virtual {v0, v1}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;';

  it('puts texts together as builders, concat and valueOf do', () => {
    const number = 'invoke-virtual {v0, v1}, Ljava/lang/StringBuilder;->append(I)Ljava/lang/StringBuilder;';
    expect(builder('const-string v1, "a.test:"', APPEND_TEXT, 'const/16 v1, 80', number)?.parameters).toEqual([
      string('http://a.test:80'),
    ]);
    const concat = lastCall(`
      .registers 4
      const/16 v0, 443
      invoke-static {v0}, Ljava/lang/String;->valueOf(I)Ljava/lang/String;
      move-result-object v1
      const-string v2, "port "
      invoke-virtual {v2, v1}, Ljava/lang/String;->concat(Ljava/lang/String;)Ljava/lang/String;
      move-result-object v3
      invoke-static {v3}, Lx/Y;->use(Ljava/lang/String;)V
      return-void`);
    expect(concat?.parameters).toEqual([string('port 443')]);
  });

  it.each([
    ['an unknown text is added', ['move-object v1, v5', APPEND_TEXT]],
    [
      'a part of a text is added',
      [
        'const/4 v3, 0',
        'const/4 v4, 2',
        'invoke-virtual {v0, v1, v3, v4}, Ljava/lang/StringBuilder;->append(Ljava/lang/CharSequence;II)Ljava/lang/StringBuilder;',
      ],
    ],
    ['it is turned round', ['invoke-virtual {v0}, Ljava/lang/StringBuilder;->reverse()Ljava/lang/StringBuilder;']],
    ['something else has it', ['invoke-static {v0}, Lx/Y;->fill(Ljava/lang/StringBuilder;)V']],
    ['it is stored', ['sput-object v0, Lx/Y;->shared:Ljava/lang/StringBuilder;']],
    ['one branch adds to it', ['if-eqz v5, :skip', APPEND_TEXT, ':skip']],
  ])('does not know the text of a builder when %s', (_, lines) => {
    expect(builder(...lines)?.parameters).toEqual([null]);
  });

  it('puts no texts together in a method with too many, and knows the rest', () => {
    const append =
      'invoke-virtual {v0, v1}, Ljava/lang/StringBuilder;->append(Ljava/lang/String;)Ljava/lang/StringBuilder;';
    const call = lastCall(
      [
        '.registers 250',
        'new-instance v0, Ljava/lang/StringBuilder;',
        'const-string v1, "x"',
        ...Array.from({ length: 240 }, (_, index) => `move-object/from16 v${index + 2}, v0`),
        ...Array.from({ length: 900 }, () => append),
        'invoke-static {v0, v1}, Lx/Y;->use(Ljava/lang/StringBuilder;Ljava/lang/String;)V',
        'return-void',
      ].join('\n'),
    );
    expect(call?.parameters).toEqual([{ kind: 'instance', name: 'java.lang.StringBuilder' }, string('x')]);
  });

  it('forgets a pair of registers when one of them is written', () => {
    const call = lastCall(`
      .registers 4
      const-wide/16 v0, 5
      const/4 v1, 2
      invoke-static {v0, v1}, Lx/Y;->use(J)V
      return-void`);
    expect(call?.parameters).toEqual([null]);
  });

  it('gives null where the app has no call', () => {
    const code = builtCode([{ name: 'a.A', methods: [{ name: 'go', descriptor: '()V' }] }]);
    const site = { file: 'classes.dex', class: 'a.A', method: 'go()V', codeOffset: 0 };
    expect(code.argumentsOf(site)).toBeNull();
    expect(code.argumentsOf({ ...site, class: 'x.Y' })).toBeNull();
    expect(code.argumentsOf({ ...site, method: 'nonsense' })).toBeNull();
  });
});
