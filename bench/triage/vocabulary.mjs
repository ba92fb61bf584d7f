/** Words of the templates and what a repository may call them instead; none of these stands for anything else there. */
const synonyms = {
  order: ["order", "purchase", "booking"],
  customer: ["customer", "buyer", "member", "patron"],
  product: ["product", "article", "part"],
  warehouse: ["warehouse", "depot", "site"],
  invoice: ["invoice", "statement", "bill"],
  ledger: ["ledger", "journal", "passbook"],
  shipment: ["shipment", "parcel", "consignment"],
  reservation: ["reservation", "allocation", "claim"],
  price: ["price", "cost", "tariff"],
  quantity: ["quantity", "pieces", "volume"],
  sku: ["sku", "ean", "partno"],
  balance: ["balance", "standing", "position"],
  feed: ["feed", "intake", "batch"],
  planner: ["planner", "roster", "agenda"],
  summary: ["summary", "digest", "overview"],
  token: ["token", "ticket", "badge"],
  carrier: ["carrier", "courier", "haulier"],
  discount: ["discount", "rebate", "markdown"],
};

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** A function that puts one seed's words for the templates' own, in any of the usual spellings. */
export function vocabularyOf(random) {
  const pairs = Object.entries(synonyms).map(([word, choices]) => [word, random.pick(choices)]);
  const rules = pairs
    .filter(([word, choice]) => word !== choice)
    .flatMap(([word, choice]) => [
      [new RegExp(`(?<![A-Za-z])${word}(?=s?(?![a-z]))`, "g"), choice],
      [new RegExp(`${capital(word)}(?=s?(?![a-z]))`, "g"), capital(choice)],
      [new RegExp(`(?<![A-Z])${word.toUpperCase()}(?=S?(?![A-Z]))`, "g"), choice.toUpperCase()],
    ]);
  return (text) => rules.reduce((words, [from, to]) => words.replace(from, to), text);
}

export const authors = [
  ["Amara Okafor", "amara.okafor@example.org"],
  ["Jonas Lindqvist", "jonas@example.org"],
  ["Mei Tanaka", "mei.tanaka@example.org"],
  ["Rafael Duarte", "rduarte@example.org"],
  ["Ines Moreau", "ines.moreau@example.org"],
  ["Piotr Zielinski", "piotr@example.org"],
  ["Leila Haddad", "leila@example.org"],
  ["Tom Whitaker", "tom.whitaker@example.org"],
];

export const projectNames = [
  "shopcore",
  "northwind",
  "tradeline",
  "backroom",
  "fulfil",
  "countinghouse",
  "quayside",
  "millrace",
  "orchard",
  "brightway",
];
