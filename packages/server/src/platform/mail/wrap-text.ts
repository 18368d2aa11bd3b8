const columns = 72;

/**
 * One paragraph in lines of at most 72 columns. `lead` begins the first line and the others are indented by its width.
 * A word that is longer, such as an address, keeps its own line.
 */
export function wrapText(paragraph: string, lead = ""): string {
  const indent = " ".repeat(lead.length);
  const lines: string[] = [];
  let line = lead;
  let isEmpty = true;
  for (const word of paragraph.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join("\n");
}
