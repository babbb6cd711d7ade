import { counted } from '../tokens/format.ts';
import { type HostNode, hostTree } from './host-tree-layout.ts';
import { Picture } from './picture.tsx';
import { useWidth } from './use-width.ts';

/** More rows than this are a table's business. */
const MOST = 60;
const NARROW = 560;

/** Who an app talks to: the app, the domains that somebody registered, and their hosts; what goes out in the clear stands first and is marked. */
export function HostTree({ app, hosts }: { readonly app: string; readonly hosts: readonly HostNode[] }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const tree = hostTree(hosts, MOST);
  const sites = new Set(hosts.map(({ host, site }) => site ?? host)).size;
  const clear = hosts.filter(({ cleartext }) => cleartext).length;
  const summary = `${counted(hosts.length, 'host')} of ${counted(sites, 'owner')}, ${clear === 0 ? 'none in cleartext' : `${clear} in cleartext`}.${tree.left === 0 ? '' : ` ${tree.left} more are in the table below.`}`;
  return (
    <Picture
      label="Hosts by owner"
      summary={summary}
      twin={{
        columns: ['Owner', 'Host', 'Connection'],
        rows: hosts.map(({ host, site, cleartext }) => [site ?? host, host, cleartext ? 'cleartext' : 'TLS']),
      }}
    >
      <div ref={ref} style={{ minHeight: `${tree.height}px` }}>
        {width > 0 ? <Drawing app={app} tree={tree} width={width} /> : null}
      </div>
    </Picture>
  );
}

function Drawing({
  app,
  tree,
  width,
}: {
  readonly app: string;
  readonly tree: ReturnType<typeof hostTree>;
  readonly width: number;
}) {
  const withApp = width >= NARROW;
  const siteX = withApp ? Math.round(width * 0.3) : 8;
  const hostX = Math.round(width * (withApp ? 0.62 : 0.5));
  const middle = tree.height / 2;
  const fits = (text: string, room: number): string => {
    const letters = Math.max(6, Math.floor(room / 7));
    return text.length > letters ? `…${text.slice(1 - letters)}` : text;
  };
  return (
    <svg width={width} height={tree.height} aria-hidden className="picture-fill block">
      {tree.sites.map((site) => (
        <g key={site.name}>
          {withApp ? <Edge from={[10, middle]} to={[siteX - 8, site.y]} /> : null}
          <circle cx={siteX} cy={site.y} r={4} fill="var(--accent)" />
          <text x={siteX + 12} y={site.y + 4} fontSize={12} fontWeight={600} fill="var(--ink)">
            {fits(site.name, hostX - siteX - 50)}
          </text>
          {site.hosts.map((host) => (
            <g key={host.host}>
              <Edge from={[hostX - 34, site.y]} to={[hostX - 6, host.y]} />
              {host.cleartext ? (
                <rect x={hostX - 4} y={host.y - 4} width={8} height={8} fill="var(--medium)" />
              ) : (
                <circle cx={hostX} cy={host.y} r={3.5} fill="var(--line-strong)" />
              )}
              <text x={hostX + 14} y={host.y + 4} fontSize={12} fill="var(--ink-2)">
                {fits(host.cleartext ? `${host.host} (cleartext)` : host.host, width - hostX - 12)}
              </text>
            </g>
          ))}
        </g>
      ))}
      {withApp ? (
        <>
          <circle cx={8} cy={middle} r={6} fill="var(--accent-strong)" />
          <text x={2} y={middle - 12} fontSize={12} fontWeight={600} fill="var(--ink)">
            {fits(app, siteX - 20)}
          </text>
        </>
      ) : null}
    </svg>
  );
}

function Edge({ from: [x1, y1], to: [x2, y2] }: { readonly from: [number, number]; readonly to: [number, number] }) {
  const middle = (x1 + x2) / 2;
  return (
    <path d={`M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`} fill="none" stroke="var(--line-strong)" />
  );
}
