// Sets the theme before the first paint. A file of its own, because the page's policy allows no inline script.
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
