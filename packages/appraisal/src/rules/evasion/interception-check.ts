import { evasionRule } from './evasion-rule.ts';

export const interceptionCheck = evasionRule({
  name: 'interception-check',
  title: 'The app checks whether its traffic is being watched',
  why: 'A proxy or a VPN is how analysts, and companies, see what an app sends. Some apps then send nothing, or show another face.',
  remedy: 'Watch the traffic at the network, not by a proxy on the phone.',
  severity: 'info',
  probes: [
    {
      calls: [
        { class: 'android.net.Proxy', name: 'getDefaultHost' },
        { class: 'android.net.Proxy', name: 'getHost' },
      ],
      strings: ['http.proxyHost', 'https.proxyHost'],
      note: 'asks for a proxy',
    },
    {
      calls: [{ class: 'java.net.NetworkInterface', name: 'getNetworkInterfaces' }],
      note: 'lists the network interfaces',
    },
    { strings: ['tun0', 'ppp0', 'pptp0', 'utun'], note: 'looks for the interface of a VPN' },
  ],
  atLeast: 2,
  malice: { base: 2 },
  mappings: { masvs: ['MASVS-RESILIENCE-4'], attack: ['T1633.001', 'T1422'] },
});
