import { run } from "../repository.mjs";

/** Plain files that require each other by their place. */
export const ruby = {
  name: "ruby",
  extension: ".rb",
  runtimes: ["ruby"],

  layoutOf(random, project) {
    return {
      root: random.pick(["lib/", `lib/${project}/`, "app/"]),
      entry: random.pick(["nightly.rb", "bin/nightly.rb", "run_jobs.rb"]),
      style: random.pick(["uncaught", "logged", "chained"]),
      deployedAt: random.pick([`/srv/${project}`, "/app", `/var/www/${project}/current`]),
    };
  },
  text: (text) => text,
  place: (at, layout) => (at.endsWith(".yml") ? at : layout.root + at),

  frame(modules, layout, project) {
    const up = layout.entry.includes("/") ? "../" : "";
    const requires = modules.map(({ run: at }) => `require_relative "${up}${layout.root}${at}"`);
    const jobs = modules.map(({ name, run: at }) => `  "${name}" => ${constant(at)}`);
    return new Map([
      [
        layout.entry,
        `# frozen_string_literal: true

require_relative "${up}${layout.root}config/settings"
${requires.join("\n")}

JOBS = {
${jobs.join(",\n")}
}.freeze

${bodies[layout.style]}
`,
      ],
      ["Gemfile", `source "https://rubygems.org"\n\nruby ">= 3.0"\n`],
      [".gitignore", "/out/\n/log/\n"],
      ["docs/start.md", `# ${project}\n\n\`ruby ${layout.entry}\` runs every job.\n`],
    ]);
  },
  testOf: ({ name, run: at }, layout) => [
    `test/${name}_test.rb`,
    `# frozen_string_literal: true\n\nrequire "minitest/autorun"\nrequire_relative "../${layout.root}config/settings"\nrequire_relative "../${layout.root}${at}"\n\nclass ${constant(at)}Test < Minitest::Test\n  def test_runs\n    refute_empty ${constant(at)}.run(Settings.load("config/settings.yml"))\n  end\nend\n`,
  ],

  run: (folder, layout) => run("ruby", [`${folder}/${layout.entry}`], { cwd: folder }),

  /** The first frame of the program's own, of the cause where there is one: Ruby prints causes last. */
  frameOf({ stderr }, folder) {
    const lines = stderr.split("\n");
    const place = (line) => /^(?:\s*from |\s*)?(\/[^:]+\.rb):(\d+):in [\`']([^']+)'/.exec(line);
    const heads = lines.filter((line) => /^\S*\.rb:\d+:in .*: .*\(\w[\w:]*\)$/.test(line));
    const start = heads.length > 0 ? lines.lastIndexOf(heads.at(-1)) : 0;
    for (const line of lines.slice(start)) {
      const [, file, number, name] = place(line) ?? [];
      if (file?.startsWith(`${folder}/`)) {
        return { path: file.slice(folder.length + 1), line: Number(number), function: name };
      }
    }
    return null;
  },
  titleOf({ stderr }) {
    const lines = stderr.split("\n");
    const head =
      lines.find((line) => /: .*\(\w[\w:]*\)$/.test(line)) ?? lines.find((line) => /^job /.test(line));
    const [, message, type] = /in [\`'][^']*': (.*) \((\w[\w:]*)\)$/.exec(head ?? "") ?? [];
    return type ? `${type}: ${message}` : (head ?? "job failed");
  },
};

const constant = (at) =>
  at
    .split("/")
    .at(-1)
    .replace(/(?:^|_)([a-z])/g, (_, letter) => letter.toUpperCase());

const bodies = {
  uncaught: `settings = Settings.load("config/settings.yml")
JOBS.each do |name, job|
  puts "INFO #{name}: #{job.run(settings)}"
end`,
  logged: `settings = Settings.load("config/settings.yml")
failed = []
JOBS.each do |name, job|
  puts "INFO #{name}: #{job.run(settings)}"
rescue StandardError => e
  warn "job #{name} failed: #{e.class}: #{e.message}"
  warn e.backtrace.join("\\n")
  failed << name
end
exit(failed.empty? ? 0 : 1)`,
  chained: `def run_job(name, job, settings)
  job.run(settings)
rescue StandardError
  raise "job #{name} failed"
end

settings = Settings.load("config/settings.yml")
JOBS.each do |name, job|
  puts "INFO #{name}: #{run_job(name, job, settings)}"
end`,
};
