import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { run } from "../repository.mjs";

/** Compiled with `javac` into `build`, which is not part of the repository. */
export const java = {
  name: "java",
  extension: ".java",
  runtimes: ["java", "javac"],

  layoutOf(random, project) {
    const base = random.pick([`com.${project}`, `org.${project}.jobs`, project]);
    return {
      base,
      root: `${random.pick(["src/main/java/", "src/"])}${base.replaceAll(".", "/")}/`,
      entry: random.pick(["Main", "NightlyJobs", "Application"]),
      style: random.pick(["uncaught", "logged", "chained"]),
      deployedAt: random.pick([`/srv/${project}`, "/app", `/opt/${project}`]),
    };
  },
  text: (text, layout) => text.replaceAll("BASE.", `${layout.base}.`),
  place: (at, layout) => (at.endsWith(".properties") ? at : layout.root + at),

  frame(modules, layout, project) {
    return new Map([
      [`${layout.root}${layout.entry}.java`, mainOf(modules, layout)],
      [".gitignore", "build/\n*.class\n"],
      ["build.sh", `#!/bin/sh\nset -e\nmkdir -p build\njavac -g -d build $(find src -name '*.java')\n`],
      [
        "docs/build.md",
        `# Building ${project}\n\nRun \`sh build.sh\`, then \`java -cp build ${layout.base}.${layout.entry}\`.\n`,
      ],
    ]);
  },

  testOf({ run: at }, { base }) {
    const type = at.split("/").at(-1);
    return [
      `tests/${type}Smoke.java`,
      `import ${base}.config.Settings;\nimport java.nio.file.Path;\n\nclass ${type}Smoke {\n    public static void main(String[] args) throws Exception {\n        ${base}.${at.replaceAll("/", ".")}.run(Settings.load(Path.of("config/settings.properties")));\n    }\n}\n`,
    ];
  },

  async run(folder, layout) {
    const sources = readdirSync(path.join(folder, "src"), { recursive: true })
      .filter((name) => name.endsWith(".java"))
      .map((name) => `src/${name}`);
    rmSync(path.join(folder, "build"), { recursive: true, force: true });
    const quick = ["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"];
    const compiled = await run("javac", [...quick, "-g", "-proc:none", "-d", "build", ...sources], {
      cwd: folder,
    });
    // A program that does not compile is no case; told apart from one that fails by the missing frame.
    if (compiled.code !== 0) return compiled;
    const flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", "build"];
    return run("java", [...flags, `${layout.base}.${layout.entry}`], { cwd: folder });
  },

  /** The first frame of the program's own below the last cause. */
  frameOf({ stderr }, _folder, layout) {
    const cause = stderr.slice(Math.max(0, stderr.lastIndexOf("Caused by: ")));
    for (const [, place, file, line] of cause.matchAll(/^\s+at ([\w.$]+)\((\w+\.java):(\d+)\)$/gm)) {
      if (!place.startsWith(`${layout.base}.`)) continue;
      const parts = place.slice(layout.base.length + 1).split(".");
      const folders = parts.slice(0, -2).map((name) => `${name}/`);
      return { path: `${layout.root}${folders.join("")}${file}`, line: Number(line), function: parts.at(-1) };
    }
    return null;
  },
  titleOf({ stderr }) {
    const line = stderr
      .split("\n")
      .find((each) => /^(?:Exception in thread|job \w+ failed|[\w.]+(?:Exception|Error))/.test(each));
    return (line ?? "job failed").replace(/^Exception in thread "main" /, "");
  },
};

function mainOf(modules, layout) {
  const jobs = modules.map(({ name, run: at }) => {
    const type = `${layout.base}.${at.replaceAll("/", ".")}`;
    return `        jobs.put("${name}", ${type}::run);`;
  });
  return `package ${layout.base};

import ${layout.base}.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

public final class ${layout.entry} {
    private ${layout.entry}() {}

    static Map<String, Function<Settings, String>> jobs() {
        Map<String, Function<Settings, String>> jobs = new LinkedHashMap<>();
${jobs.join("\n")}
        return jobs;
    }

${bodies[layout.style]}
}
`;
}

const bodies = {
  uncaught: `    public static void main(String[] args) throws Exception {
        Settings settings = Settings.load(Path.of("config/settings.properties"));
        for (Map.Entry<String, Function<Settings, String>> job : jobs().entrySet()) {
            System.out.println("INFO " + job.getKey() + ": " + job.getValue().apply(settings));
        }
    }`,
  logged: `    public static void main(String[] args) throws Exception {
        Settings settings = Settings.load(Path.of("config/settings.properties"));
        boolean failed = false;
        for (Map.Entry<String, Function<Settings, String>> job : jobs().entrySet()) {
            try {
                System.out.println("INFO " + job.getKey() + ": " + job.getValue().apply(settings));
            } catch (RuntimeException error) {
                System.err.println("job " + job.getKey() + " failed");
                error.printStackTrace();
                failed = true;
            }
        }
        System.exit(failed ? 1 : 0);
    }`,
  chained: `    static String runJob(String name, Function<Settings, String> job, Settings settings) {
        try {
            return job.apply(settings);
        } catch (RuntimeException error) {
            throw new IllegalStateException("job " + name + " failed", error);
        }
    }

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.load(Path.of("config/settings.properties"));
        for (Map.Entry<String, Function<Settings, String>> job : jobs().entrySet()) {
            System.out.println("INFO " + job.getKey() + ": " + runJob(job.getKey(), job.getValue(), settings));
        }
    }`,
};
