/**
 * The style of the page: light and dark by what the reader's system prefers, A4 when printed, no image, no font, nothing from outside. The text goes into the page as it
 * is, and its hash into the page's content security policy.
 */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--panel:#f5f6f8;--line:#d5d9e0;--text:#16191f;--soft:#555d6b;--link:#0b57b0;
--critical:#8e1230;--high:#b3261e;--medium:#8a5300;--low:#1f5f8b;--info:#4a5361;--ok:#1b6b3a;--track:#e4e7ec}
@media (prefers-color-scheme:dark){:root{--page:#14171c;--panel:#1d2128;--line:#363c47;--text:#e8eaee;--soft:#a7afbc;--link:#8ab8f5;
--critical:#ff8fa8;--high:#ff9d95;--medium:#f0b35c;--low:#84c1ec;--info:#aeb7c4;--ok:#7bd49b;--track:#2b313a}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:62rem;margin:0 auto;padding:1.5rem}
article+article{margin-top:4rem;padding-top:2rem;border-top:3px solid var(--line)}
h1{font-size:1.9rem;line-height:1.2;margin:.4rem 0}
h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:1.02rem;margin:1.4rem 0 .4rem}
p{margin:.5rem 0}
code,.name{unicode-bidi:isolate;overflow-wrap:anywhere}
code{font:.88em/1.5 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
.soft{color:var(--soft)}
.lead{font-size:1.15rem}
.verdict{display:inline-block;padding:.15rem .7rem;border:2px solid currentColor;border-radius:.3rem;font-weight:700;letter-spacing:.02em}
.malicious,.critical{color:var(--critical)}.high{color:var(--high)}.risky,.medium{color:var(--medium)}.low{color:var(--low)}.info,.unknown{color:var(--info)}.benign,.ok{color:var(--ok)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.8rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:.6rem 0;font-size:.93rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600}
td.number,th.number{text-align:right;white-space:nowrap}
td.bar{width:38%;min-width:8rem;vertical-align:middle}
svg{display:block;width:100%}
svg.plot{height:5rem;margin:.4rem 0}
svg.whole{height:1.4rem;margin:.3rem 0}svg.step{height:.7rem}
svg .track{fill:var(--track)}
svg .critical{fill:var(--critical)}svg .high{fill:var(--high)}svg .medium{fill:var(--medium)}svg .low{fill:var(--low)}svg .info{fill:var(--info)}
.total{font-size:1.05rem;font-weight:600}
details{border:1px solid var(--line);border-radius:.35rem;margin:.45rem 0;background:var(--panel)}
summary{padding:.5rem .8rem;cursor:pointer}
summary:focus-visible{outline:3px solid var(--link);outline-offset:1px}
details>div{padding:.1rem 1rem .8rem}
.chip{display:inline-block;min-width:5.2rem;font-size:.8rem;font-weight:700;text-transform:uppercase;letter-spacing:.03em}
.title{font-weight:600}
.places{margin:.3rem 0;padding-left:1.2rem}.places li{margin:.25rem 0}
.note{display:block}
.remedy{border-left:3px solid var(--ok);padding-left:.8rem}
.warn{border-left:3px solid var(--medium);padding-left:.8rem}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
@page{size:A4;margin:16mm 14mm}
@media print{
:root{color-scheme:light;--page:#fff;--panel:#fff;--line:#bbb;--text:#000;--soft:#444;--critical:#8e1230;--high:#b3261e;--medium:#8a5300;--low:#1f5f8b;--info:#4a5361;--ok:#1b6b3a;--track:#e4e7ec}
body{font-size:10pt}main{max-width:none;padding:0}
h2,h3,summary{break-after:avoid}details,tr,dl{break-inside:avoid}
article+article{break-before:page;border:0}
svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
}`;
