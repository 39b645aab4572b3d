/**
 * Makes the children of `target` equal to those of `wanted`, touching only what differs: a growing
 * paragraph keeps its nodes, and with them what the reader has selected or focused.
 */
export function patchChildren(target: Node, wanted: Node): void {
  let current = target.firstChild;
  for (const next of Array.from(wanted.childNodes)) {
    if (current === null) target.appendChild(next);
    else {
      const following: ChildNode | null = current.nextSibling;
      if (isText(current) && isText(next)) writeText(current, next.data);
      else if (hasSameTag(current, next)) patchElement(current, next);
      else target.replaceChild(next, current);
      current = following;
    }
  }
  while (current !== null) {
    const following: ChildNode | null = current.nextSibling;
    target.removeChild(current);
    current = following;
  }
}

function isText(node: Node): node is Text {
  return node.nodeType === Node.TEXT_NODE;
}

/** Appending leaves a selection inside the text alone; replacing would drop it. */
function writeText(node: Text, text: string): void {
  if (node.data === text) return;
  if (text.startsWith(node.data)) node.appendData(text.slice(node.data.length));
  else node.data = text;
}

function patchElement(current: Node, next: Node): void {
  if (!current.isEqualNode(next)) patchChildren(current, next);
}

function hasSameTag(current: Node, next: Node): boolean {
  return current.nodeName === next.nodeName && current.cloneNode(false).isEqualNode(next.cloneNode(false));
}
