// What must be so before anything else runs. A file of its own, because the page's policy allows no inline script.

// Zod compiles its parsers with `new Function` where it may; the policy forbids that, and even asking is reported as a violation.
// It asks when the first schema is made, which is before any code of ours; its configuration is a global for this reason.
globalThis['__zod_globalConfig'] = { jitless: true };

// The theme, before the first paint.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem('vedette.theme');
    } catch {
      // Storage may be closed to us; the system's theme is a good answer.
    }
    const theme = chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme;
    window.dispatchEvent(new CustomEvent('vedette-theme'));
  };
  apply();
  dark.addEventListener('change', apply);
  window.addEventListener('vedette-theme-chosen', apply);
})();
