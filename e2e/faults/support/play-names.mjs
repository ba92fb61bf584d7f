// Given to Node by --import: plays the name server for the names in FAULT_NAMES ({name: [answer, answer, ...]}, each a
// list of addresses, the last for ever) and says each time it was asked. Every other name goes the usual way.
import { promises as dns } from "node:dns";
import { isIP } from "node:net";

const names = JSON.parse(process.env.FAULT_NAMES ?? "{}");
const lookup = dns.lookup;

dns.lookup = async (hostname, options) => {
  const answers = Object.hasOwn(names, hostname) ? names[hostname] : null;
  if (!answers) return lookup(hostname, options);
  const answer = (answers.length > 1 ? answers.shift() : answers[0]).map((address) => ({
    address,
    family: isIP(address),
  }));
  console.log(`asked for ${hostname}: ${answer.map((each) => each.address).join(" ")}`);
  return options?.all ? answer : answer[0];
};
