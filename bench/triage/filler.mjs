const words =
  "entry value count total index rate level group field width margin offset queue record cursor limit".split(
    " ",
  );

/** Files for size alone: believable lengths, names and depths, in the language of the case and in others. */
export function* fillerFiles(random, language, count) {
  const areas = ["vendor-docs", "archive", "legacy", "tools", "data", "web", "schemas", "exports"];
  for (let n = 0; n < count; n++) {
    const area = areas[n % areas.length];
    const folder = `${area}/${words[n % words.length]}-${Math.floor(n / 400)}/${words[Math.floor(n / 16) % words.length]}`;
    const extension = random.chance(0.4)
      ? language.extension
      : random.pick([".md", ".json", ".txt", ".css", ".sql", ".yml"]);
    const lines = random.chance(0.02) ? random.int(800, 2_000) : random.int(10, 120);
    const text = Array.from(
      { length: lines },
      (_, at) => `${random.pick(words)}_${at} ${random.pick(words)} ${n * at}`,
    );
    yield [`${folder}/${random.pick(words)}_${n}${extension}`, `${text.join("\n")}\n`];
  }
}
