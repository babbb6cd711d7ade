import { describe, expect, it } from 'vitest';
import { sourceStates } from './sources.ts';
import { fakeApp } from './testing/fake-app.ts';

const stage = (name: string, status: 'complete' | 'partial' | 'skipped' | 'failed') => ({
  stage: name,
  status,
  detail: 'as the reader says',
  elapsedMs: 0,
});

describe('sourceStates', () => {
  it('finds an ordinary app readable throughout', () => {
    const states = Object.values(sourceStates(fakeApp())).map(({ state }) => state);
    expect(states).toEqual(['readable', 'readable', 'readable', 'readable']);
  });

  it.each([
    ['container', 'archive'],
    ['manifest', 'manifest'],
    ['code', 'code'],
    ['signatures', 'signature'],
  ] as const)('believes the stage %s when it says that it is incomplete', (name, source) => {
    const { [source]: partial } = sourceStates(fakeApp({ stages: [stage(name, 'partial')] }));
    expect(partial).toEqual({ state: 'partial', reason: 'as the reader says' });
    const { [source]: failed } = sourceStates(fakeApp({ stages: [stage(name, 'failed')] }));
    expect(failed.state).toBe('unreadable');
  });

  it('does not believe a stage that says complete when the facts say otherwise', () => {
    const stages = [stage('manifest', 'complete'), stage('code', 'complete')];
    expect(sourceStates(fakeApp({ manifest: null, stages })).manifest.state).toBe('unreadable');
    expect(sourceStates(fakeApp({ code: [], stages })).code.state).toBe('unreadable');
    expect(sourceStates(fakeApp({ files: { 'classes3.dex': 'x' }, stages })).code.state).toBe('partial');
  });

  it('tells a signature that cannot be read from one that is not there', () => {
    expect(sourceStates(fakeApp({ signers: [] })).signature.state).toBe('readable');
    expect(sourceStates(fakeApp({ signers: [], files: { 'META-INF/CERT.RSA': 'x' } })).signature.state).toBe(
      'unreadable',
    );
  });
});
