import fs from "node:fs";

const lineEnd = 10;
const chunkBytes = 1 << 18;

/**
 * The lines of a file, some hundreds at once. A line ends at a line feed and nowhere else: `readline` would also break one at
 * U+2028, which JSON leaves as it is. Holds a chunk and the line that it cuts.
 */
export async function* readLines(file) {
  let rest = [];
  for await (const chunk of fs.createReadStream(file, { highWaterMark: chunkBytes })) {
    const end = chunk.lastIndexOf(lineEnd);
    if (end < 0) {
      rest.push(chunk);
      continue;
    }
    yield Buffer.concat([...rest, chunk.subarray(0, end)])
      .toString("utf8")
      .split("\n");
    rest = [chunk.subarray(end + 1)];
  }
  yield Buffer.concat(rest).toString("utf8").split("\n");
}
