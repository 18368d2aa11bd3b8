import { drawBelow, drawOne } from "./seeded-draw.ts";

const places = `
Aarhus Antwerp Barcelona Bremen Busan Casablanca Constanța Dublin Durban Gdańsk Gothenburg Hamburg Izmir Jebel_Ali
Kaohsiung Lagos Le_Havre Lyon Malmö Marseille Mombasa Mumbai Naples Oslo Piraeus Porto Rotterdam Santos Singapore
Tallinn Tema Trieste Turku Valparaíso Vilnius Yokohama Zürich
`
  .trim()
  .split(/\s+/)
  .map((place) => place.replaceAll("_", " "));
const goods = [
  "pallets",
  "crates",
  "drums",
  "reefer containers",
  "roll cages",
  "parcels",
  "machine parts",
  "spare parts",
];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
];

/** What people write, by project key. `#` is a number, `@` a place, `%` goods, `~` a month. */
const templates: Readonly<Record<string, readonly string[]>> = {
  SHIP: [
    "Where is shipment NW-#?",
    "NW-# has been standing in @ since Monday",
    "Change of delivery address for NW-#",
    "Delivery window in @ missed, new slot needed",
    "Tracking shows “delivered”, but the % never arrived",
    "Pickup in @ not confirmed",
  ],
  CLAIM: [
    "Damaged % on arrival, delivery note #",
    "Two of the % missing from NW-#",
    "Water damage, container from @",
    'Claim for NW-#: driver wrote "sealed" but the seal was broken',
    "Photos for claim #",
  ],
  BILL: [
    "Invoice # lists the wrong cost centre",
    "Fuel surcharge for ~ looks doubled",
    "Copy of invoice # needed, please",
    "New VAT number for our invoices",
    "Credit note for NW-# not received",
  ],
  CUST: [
    "Commodity code for % to @",
    "NW-# held at customs in @, papers attached",
    "EUR.1 certificate for consignment #",
    "Import licence for % expires in ~",
  ],
  EDI: [
    "DESADV message # rejected",
    "API answers 401 since this morning",
    "Webhook for status “out for delivery” arrives twice",
    "Test access to the booking API, please",
    "Order # was transmitted, no confirmation came back",
  ],
  RET: [
    "Return label for order #",
    "Collection of empty % in @",
    "Return NW-# refused at the depot",
    "Refund for returned %, order #",
  ],
  FLEET: [
    "Carrier contract # up for renewal",
    "Driver induction in @, three people",
    "Toll statement for ~ missing",
    "Trailer # needs a replacement",
  ],
  LAB: ["Sample batch # ready for analysis", "Results of series # incomplete", "Spectrometer slot in ~"],
  DATA: ["Access to data set #", "Export of trial data for ~", "Retention period of data set #"],
  EQUIP: ["Booking of centrifuge #", "Calibration certificate for scale #", "Freezer # shows an alarm"],
  SAFE: ["Eye-wash station # blocked", "Incident report #, no injuries", "Waste collection in ~"],
  TRIAL: ["Site visit in @", "Protocol amendment # to be signed", "Drug accountability log for ~"],
};

const purpose = { template: 40, number: 41, place: 42, goods: 43, month: 44 } as const;

/** The summary of the request with this running number. */
export function writeSummary(projectKey: string, request: number, seed: number): string {
  const template = drawOne(templates[projectKey] ?? ["Question #"], seed, request, purpose.template);
  return template
    .replace("#", () => String(100_000 + drawBelow(899_999, seed, request, purpose.number)))
    .replace("@", () => drawOne(places, seed, request, purpose.place))
    .replace("%", () => drawOne(goods, seed, request, purpose.goods))
    .replace("~", () => drawOne(months, seed, request, purpose.month));
}
