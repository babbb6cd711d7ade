import type { Layout, PatternApp, Step } from './pattern-app.ts';

type Classes = PatternApp['classes'];

/** The same app with its steps in other classes. */
export function laidOut(app: PatternApp, layout: Layout): PatternApp {
  switch (layout) {
    case 'as-written':
      return app;
    case 'network-apart':
      return { ...app, classes: networkApart(app.classes) };
    case 'helpers-merged':
      return { ...app, classes: helpersMerged(app.classes) };
  }
}

const isNetwork = (step: Step): boolean =>
  /^(?:url|http|socket|ok)\.|^text (?:https?|wss):\/\//.test(step) && !step.includes('api.telegram.org');

/** Each method that talks to the network calls one of a class `Net` for it, which does that and nothing else. */
function networkApart(classes: Classes): Classes {
  const moved: Record<string, readonly Step[]> = {};
  const rest = Object.entries(classes).map(([name, methods]) => {
    const changed = Object.entries(methods).map(([method, steps]) => {
      const away = steps.filter(isNetwork);
      if (away.length === 0) return [method, steps] as const;
      const target = `send${Object.keys(moved).length}()V`;
      moved[target] = away;
      const call: Step = `own Net.${target}`;
      return [method, [...steps.filter((step) => !isNetwork(step)), call]] as const;
    });
    return [name, Object.fromEntries(changed)] as const;
  });
  return Object.keys(moved).length === 0 ? classes : { ...Object.fromEntries(rest), Net: moved };
}

/** Classes without a superclass of the platform's go into one; calls of their methods follow. */
function helpersMerged(classes: Classes): Classes {
  const helpers = Object.keys(classes).filter((name) => !name.includes(' '));
  if (helpers.length < 2) return classes;
  const renamed = new Map<string, string>(
    helpers.flatMap((name) =>
      Object.keys(classes[name] ?? {}).map((method) => [`own ${name}.${method}`, `${name}_${method}`] as const),
    ),
  );
  const follow = (step: Step): Step => {
    const target = renamed.get(step);
    return target === undefined ? step : `own Helpers.${target}`;
  };
  const merged: Record<string, readonly Step[]> = {};
  const rest: Record<string, Readonly<Record<string, readonly Step[]>>> = {};
  for (const [name, methods] of Object.entries(classes)) {
    const entries = Object.entries(methods).map(([method, steps]) => [method, steps.map(follow)] as const);
    if (!helpers.includes(name)) rest[name] = Object.fromEntries(entries);
    else for (const [method, steps] of entries) merged[`${name}_${method}`] = steps;
  }
  return { ...rest, Helpers: merged };
}
