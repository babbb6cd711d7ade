import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import {
  AttestationStanding,
  Compliance,
  Platform,
  RiskLevel,
  Severity,
  ThreatKind,
  ThreatState,
  Verdict,
} from '@vedette/contracts';
import { ApiError } from '../api/client.ts';
import { queries } from '../api/queries.ts';
import { compact, oneOf, type Raw, textOf } from '../lib/search-state.ts';
import { CrashPage, NotFoundPage, PendingPage } from './fallback-pages.tsx';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

/** Everything behind the sign-in. Asks once who is there; nobody: to set-up when the server is new, else to sign-in and back. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(queries.session());
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const setup = await queryClient.fetchQuery(queries.setup()).catch(() => ({ needed: false }));
      // The router's way of turning: a redirect is thrown.
      if (setup.needed) throw redirect({ to: '/setup', hash: true, replace: true });
      throw redirect({ to: '/signin', search: location.href === '/' ? {} : { next: location.href }, replace: true });
    }
  },
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('../pages/setup/setup-page.tsx'), 'SetupPage'),
});
const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signin',
  validateSearch: (raw: Raw) => compact({ next: textOf(raw['next']) }),
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});
const enrolLinkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/enrol',
  component: lazyRouteComponent(() => import('../pages/enrol-link/enrol-link-page.tsx'), 'EnrolLinkPage'),
});

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/overview/overview-page.tsx'), 'OverviewPage'),
});
const devicesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/devices',
  validateSearch: (raw: Raw) =>
    compact({
      q: textOf(raw['q']),
      platform: oneOf(raw['platform'], Platform.options),
      risk: oneOf(raw['risk'], RiskLevel.options),
      compliance: oneOf(raw['compliance'], Compliance.options),
      attestation: oneOf(raw['attestation'], AttestationStanding.options),
      sort: oneOf(raw['sort'], ['risk', 'name', 'lastReport']),
    }),
  component: lazyRouteComponent(() => import('../pages/devices/devices-page.tsx'), 'DevicesPage'),
});
const deviceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/devices/$id',
  validateSearch: (raw: Raw) =>
    compact({
      tab: textOf(raw['tab']),
      evidence: textOf(raw['evidence']),
      report: textOf(raw['report']),
      days: oneOf(textOf(raw['days']), ['1', '7', '14', '30']),
    }),
  component: lazyRouteComponent(() => import('../pages/device/device-page.tsx'), 'DevicePage'),
});
const threatsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/threats',
  validateSearch: (raw: Raw) =>
    compact({
      q: textOf(raw['q']),
      state: oneOf(raw['state'], [...ThreatState.options, 'all']),
      severity: oneOf(raw['severity'], Severity.options),
      kind: oneOf(raw['kind'], ThreatKind.options),
    }),
  component: lazyRouteComponent(() => import('../pages/threats/threats-page.tsx'), 'ThreatsPage'),
});
const threatRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/threats/$id',
  validateSearch: (raw: Raw) => compact({ evidence: textOf(raw['evidence']) }),
  component: lazyRouteComponent(() => import('../pages/threat/threat-page.tsx'), 'ThreatPage'),
});
const appsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/apps',
  validateSearch: (raw: Raw) =>
    compact({
      q: textOf(raw['q']),
      verdict: oneOf(raw['verdict'], Verdict.options),
      sort: oneOf(raw['sort'], ['malice', 'dataRisk', 'devices', 'name', 'appraised']),
    }),
  component: lazyRouteComponent(() => import('../pages/apps/apps-page.tsx'), 'AppsPage'),
});
const appRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/apps/$sha256',
  validateSearch: (raw: Raw) => compact({ tab: textOf(raw['tab']), evidence: textOf(raw['evidence']) }),
  component: lazyRouteComponent(() => import('../pages/app/app-page.tsx'), 'AppPage'),
});
const networksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/networks',
  validateSearch: (raw: Raw) => compact({ network: textOf(raw['network']) }),
  component: lazyRouteComponent(() => import('../pages/networks/networks-page.tsx'), 'NetworksPage'),
});
const attestationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/attestation',
  component: lazyRouteComponent(() => import('../pages/attestation/attestation-page.tsx'), 'AttestationPage'),
});
const policiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies',
  validateSearch: (raw: Raw) => compact({ tab: oneOf(raw['tab'], ['rules', 'edit', 'versions']) }),
  component: lazyRouteComponent(() => import('../pages/policies/policies-page.tsx'), 'PoliciesPage'),
});
const responseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/response',
  validateSearch: (raw: Raw) =>
    compact({
      tab: oneOf(raw['tab'], ['actions', 'connectors']),
      state: oneOf(raw['state'], [
        'all',
        'waiting',
        'pending',
        'in-force',
        'undo-pending',
        'undone',
        'cancelled',
        'failed',
        'done',
      ]),
      connector: oneOf(raw['connector'], ['webhook', 'email']),
    }),
  component: lazyRouteComponent(() => import('../pages/response/response-page.tsx'), 'ResponsePage'),
});
const checkRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/check',
  component: lazyRouteComponent(() => import('../pages/check/check-page.tsx'), 'CheckPage'),
});
const inspectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inspect',
  validateSearch: (raw: Raw) => compact({ tab: textOf(raw['tab']), evidence: textOf(raw['evidence']) }),
  component: lazyRouteComponent(() => import('../pages/inspect/inspect-page.tsx'), 'InspectPage'),
});
const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: (raw: Raw) =>
    compact({
      tab: oneOf(raw['tab'], ['enrolment', 'attestation', 'organisation', 'audit', 'appearance']),
      create: oneOf(textOf(raw['create']), ['1']),
    }),
  component: lazyRouteComponent(() => import('../pages/settings/settings-page.tsx'), 'SettingsPage'),
});

const routeTree = rootRoute.addChildren([
  setupRoute,
  signInRoute,
  enrolLinkRoute,
  shellRoute.addChildren([
    overviewRoute,
    devicesRoute,
    deviceRoute,
    threatsRoute,
    threatRoute,
    appsRoute,
    appRoute,
    networksRoute,
    attestationRoute,
    policiesRoute,
    responseRoute,
    checkRoute,
    inspectRoute,
    settingsRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: CrashPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
