import type { Evidence } from '@vedette/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReachMarker, DEAD_CODE_SHARE } from './reach.ts';
import type { Rule } from './rule.ts';
import { callOn, callStatic, dalvikClass } from './testing/dalvik.ts';
import { type FakeApp, fakeApp } from './testing/fake-app.ts';
import { weigh } from './weigh.ts';

const RULE: Rule = {
  id: 'android.code.test',
  version: 1,
  title: 'A test',
  why: 'A test.',
  remedy: 'None.',
  severity: 'low',
  kind: 'behaviour',
  needs: ['code'],
  malice: { base: 4, step: 1, max: 8, inLibrary: 1 },
  classes: [],
  mappings: {},
  run: () => null,
};

const ON_CREATE = 'onCreate(Landroid/os/Bundle;)V';
const MAIN = dalvikClass({ superclass: 'android.app.Activity' }, ON_CREATE, callStatic('com.example.app.Live.go()V'));
const LIVE = dalvikClass({ name: 'com.example.app.Live' }, 'go()V');
const DEAD = dalvikClass({ name: 'com.example.app.Dead' }, 'go()V');
const APP: FakeApp = { dalvik: [MAIN, LIVE, DEAD] };

const at = (name: string, file = 'classes.dex'): Evidence => ({
  kind: 'code',
  file,
  class: `com.example.app.${name}`,
  method: 'go()V',
  codeOffset: 0,
  note: 'A call',
});
const markIn = (
  app: FakeApp,
  evidence: readonly Evidence[],
  rule: Rule = RULE,
): ReturnType<ReturnType<typeof createReachMarker>> => createReachMarker(fakeApp(app))(rule, { evidence });

describe('createReachMarker', () => {
  it('says what can run, from which entry point and by which way, and puts it first', () => {
    const { evidence, share } = markIn(APP, [at('Dead'), at('Live')]);
    expect(evidence).toEqual([
      {
        ...at('Live'),
        reach: 'reachable',
        from: 'activity com.example.app.Main.onCreate',
        path: ['com.example.app.Main.onCreate', 'com.example.app.Live.go'],
      },
      { ...at('Dead'), reach: 'referenced' },
    ]);
    expect(share).toBeUndefined();
  });

  it('lets dead code weigh less, for behaviours and weaknesses only', () => {
    expect(markIn(APP, [at('Dead')]).share).toBe(DEAD_CODE_SHARE);
    expect(markIn(APP, [at('Dead')], { ...RULE, kind: 'weakness' }).share).toBe(DEAD_CODE_SHARE);
    expect(markIn(APP, [at('Dead')], { ...RULE, kind: 'fact' }).share).toBeUndefined();
    const file: Evidence = { kind: 'file', path: 'assets/x', note: 'A file' };
    expect(markIn(APP, [at('Dead'), file]).share).toBeUndefined();
  });

  it.each<readonly [string, FakeApp]>([
    [
      'reflection can lead anywhere',
      {
        dalvik: [
          MAIN,
          DEAD,
          dalvikClass(
            { name: 'com.example.app.Live' },
            'go()V',
            callOn('java.lang.reflect.Method.invoke(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;'),
          ),
        ],
      },
    ],
    ['no entry point is in the code', { dalvik: [LIVE, DEAD] }],
    ['a part could not be read', { ...APP, stages: [{ stage: 'dex', status: 'partial', detail: '', elapsedMs: 1 }] }],
  ])('claims nothing of what it did not reach where %s', (_, app) => {
    const { evidence, share } = markIn(app, [at('Dead')]);
    expect(evidence).toEqual([{ ...at('Dead'), reach: 'unknown' }]);
    expect(share).toBeUndefined();
  });

  it('leaves alone what it cannot judge: other files, and apps without a manifest', () => {
    expect(markIn(APP, [at('Dead', 'assets/x.dex')]).evidence).toEqual([at('Dead', 'assets/x.dex')]);
    expect(markIn({ ...APP, manifest: null }, [at('Dead')]).evidence).toEqual([at('Dead')]);
  });

  it('never weighs less for more evidence', () => {
    const mark = createReachMarker(fakeApp(APP));
    const piece = fc.constantFrom<Evidence>(at('Dead'), at('Live'), at('Gone'), at('Live', 'other.dex'), {
      kind: 'file',
      path: 'assets/x',
      note: 'A file',
    });
    const weight = (evidence: readonly Evidence[]): number => weigh(RULE.malice, mark(RULE, { evidence }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), piece, fc.nat(6), (evidence, more, place) => {
        const longer = [...evidence.slice(0, place), more, ...evidence.slice(place)];
        expect(weight(longer)).toBeGreaterThanOrEqual(weight(evidence));
      }),
    );
  });

  it('stays fast with ten thousand pieces of evidence', () => {
    const { evidence } = markIn(
      APP,
      Array.from({ length: 10_000 }, (_, codeOffset) => ({ ...at('Live'), codeOffset })),
    );
    expect(evidence.length).toBe(10_000);
    expect(evidence.filter((piece) => piece.kind === 'code' && piece.path !== undefined).length).toBe(3);
  });
});
