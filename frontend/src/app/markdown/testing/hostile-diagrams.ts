/** Diagrams by which a model may try to act, to load, or to look like a part of the page. */
export const HOSTILE_DIAGRAMS: readonly string[] = [
  'flowchart TD\nA[one] --> B[two] --> C[three]\nclick A "javascript:alert(1)"\nclick B call alert(1)\nclick C href "https://attacker.example/" _blank',
  'flowchart TD\nA["<script>alert(1)</script>"] --> B["<img src=x onerror=alert(1)>"] -- "<svg onload=alert(1)>" --> C',
  '%%{init: {"securityLevel": "loose", "htmlLabels": true, "flowchart": {"htmlLabels": true}}}%%\nflowchart TD\nA["<img src=\'https://attacker.example/pixel.png\' onerror=\'alert(1)\'>"] --> B["<iframe src=\'https://attacker.example/\'></iframe>"]\nclick A href "javascript:alert(1)"',
  '---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n---\nflowchart TD\nA["<img src=x onerror=alert(1)>"] --> B\nclick B call alert(1)',
  '%%{init: {"__proto__": {"securityLevel": "loose"}, "constructor": {"prototype": {"securityLevel": "loose"}}}}%%\nflowchart TD\nA --> B\nclick A call alert(1)',
  'flowchart TD\nA@{ img: "https://attacker.example/pixel.png", label: "A picture", w: 60, h: 60 } --> B',
  '%%{init: {"themeCSS": "@import url(https://attacker.example/a.css); * { background: url(https://attacker.example/b.png) }", "fontFamily": "x; } * { background: url(https://attacker.example/c.png) }"}}%%\nflowchart TD\nA --> B',
  'flowchart TD\nA --> B\nclassDef evil fill:url(https://attacker.example/a.png),background-image:url(https://attacker.example/b.png)\nclass A evil\nstyle B mask:url(https://attacker.example/c.svg)',
  'stateDiagram-v2\n[*] --> A\nclassDef evil fill:red; } * { background: url(https://attacker.example/a.png) } x {\nclass A evil',
  'sequenceDiagram\nparticipant A\nparticipant B\nlink A: Home @ javascript:alert(1)\nlinks B: {"x": "https://attacker.example/"}\nA->>B: <svg onload=alert(1)><img src=x onerror=alert(1)>',
  'classDiagram\nclass A\nclass B\nlink A "javascript:alert(1)"\ncallback B "alert" "x"\nA : <img src=x onerror=alert(1)>',
  'gantt\ntitle <img src=x onerror=alert(1)>\nsection s\nA :a, 2026-01-01, 3d\nclick a href "javascript:alert(1)"',
  'C4Context\nPerson(a, "<img src=x onerror=alert(1)>", $sprite="https://attacker.example/pixel.png", $link="javascript:alert(1)")',
  'flowchart TD\nA["$$\\\\href{javascript:alert(1)}{x} \\\\includegraphics{https://attacker.example/pixel.png}$$"]',
  'flowchart TD\nA["`**bold** <img src=x onerror=alert(1)> ![x](https://attacker.example/pixel.png)`"]',
];
