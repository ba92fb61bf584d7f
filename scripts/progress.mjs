const quietMs = 2_000;
const repeatMs = 10_000;

/**
 * Runs one step and says so once it takes longer than two seconds, then again every ten, so that nobody wonders
 * whether anything happens. `announce` says so at once, for steps known to be long.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @param {{ announce?: boolean, print?: (line: string) => void }} options
 * @returns {Promise<T>}
 */
export async function step(label, work, { announce = false, print = console.log } = {}) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000);
  let said = announce;
  if (announce) print(`${label} ...`);
  const say = () => {
    print(said ? `${label} ... ${seconds()} s` : `${label} ...`);
    said = true;
    timer = setTimeout(say, repeatMs);
  };
  let timer = setTimeout(say, announce ? repeatMs : quietMs);
  try {
    const result = await work();
    if (said) print(`${label}: done in ${seconds()} s`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}
