import type { Finding, Observation } from '@vedette/contracts';
import { noSource } from '../cell.ts';
import { KNOWN_ACCESSIBILITY_PACKAGES } from '../data/accessibility-services.ts';
import type { EvidenceView } from '../evidence-view.ts';
import { resolve } from '../question.ts';
import { findingOf, observed } from '../rules.ts';
import { sideloadOf } from '../sideload.ts';
import { signalOf, type Verdict } from '../verdict.ts';
import { listOf } from './apps.ts';

const SETTING = 'settings.secure.enabled_accessibility_services';

/**
 * `apps.accessibility`: bad when a service is enabled that belongs neither to the system nor to the known suites. High when
 * its app is sideloaded as well: the pattern of banking trojans.
 */
export function judgeAccessibility(view: EvidenceView): Verdict {
  const id = 'apps.accessibility';
  if (view.platform === 'ios') return noSource(id, view);
  const { now } = view.context;
  const services = new Map<string, Observation>();
  for (const observation of view.usable(SETTING)) {
    for (const component of componentsOf(observation.value))
      if (!services.has(component)) services.set(component, observation);
  }
  for (const observation of view.usable('accessibility.service')) {
    const [component] = componentsOf(observation.value);
    if (component !== undefined && !services.has(component)) services.set(component, observation);
  }
  const foreign = [...services].filter(([component]) => !isTrusted(packageOf(component), view));
  if (foreign.length > 0) {
    const byPackage = new Map(
      foreign.map(([component, observation]) => [packageOf(component), { component, observation }]),
    );
    const findings = [...byPackage].map(([name, { component, observation }]) =>
      finding(view, name, component, observation),
    );
    const value = `${byPackage.size}: ${listOf([...byPackage.keys()])}`;
    const reason = 'An app that is not part of the system may read and control the screen.';
    return { signal: signalOf(id, { status: 'bad', value, reason }, foreign[0]?.[1] ?? null, now), findings };
  }
  const looked = resolve(view, {
    keys: [SETTING, 'accessibility.service.count'],
    artefacts: ['settings.secure', 'accessibility'],
    signs: true,
    read: ({ key, value }) => {
      if (key !== SETTING) {
        // A count without its services says that some were lost on the way.
        return Number(value) <= services.size && /^\d{1,4}$/.test(value) ? { status: 'ok', text: '' } : null;
      }
      const text = value.trim();
      return text === '' || text === 'null' || componentsOf(text).length > 0 ? { status: 'ok', text: '' } : null;
    },
  });
  const status = looked.status === 'ok' ? 'ok' : 'unknown';
  const value = status === 'unknown' ? looked.text : services.size === 0 ? 'none' : `${services.size} of the system`;
  return {
    signal: signalOf(id, { status, value, reason: status === 'ok' ? undefined : looked.reason }, looked.basis, now),
    findings: [],
  };
}

function finding(view: EvidenceView, name: string, component: string, observation: Observation): Finding {
  const app = view.app(name);
  const sideload = app === undefined ? null : sideloadOf(app);
  return findingOf('device.app.accessibility', {
    title: `${app?.label ?? name} may read and control the screen`,
    severity: sideload === null ? 'medium' : 'high',
    evidence: [
      observed(
        observation,
        sideload === null
          ? `service ${component}`
          : `service ${component}; the app did not come from a store (${sideload.how})`,
      ),
    ],
  });
}

function isTrusted(name: string, view: EvidenceView): boolean {
  if ((view.context.approvedPackages ?? []).includes(name)) return true;
  return KNOWN_ACCESSIBILITY_PACKAGES.has(name) || view.app(name)?.system === true;
}

/** `pkg/service:pkg/service` as the secure setting joins them. */
function componentsOf(value: string): string[] {
  return value
    .split(':')
    .map((component) => component.trim())
    .filter((component) => /^[A-Za-z][\w.]*\/[\w.$]+$/.test(component))
    .slice(0, 200);
}

function packageOf(component: string): string {
  return component.slice(0, component.indexOf('/'));
}
