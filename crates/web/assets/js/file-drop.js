// Lets files be dropped and pasted beside the button, and taken out again one by one. Without it
// there is the browser's own button.

class FileDrop extends HTMLElement {
  #files = [];
  #pasted = 0;

  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    if (!this.input || typeof DataTransfer !== "function") return;
    this.most = Number(this.dataset.most);
    this.largest = Number(this.dataset.largest);
    this.list = document.createElement("ul");
    this.list.className = "picked";
    this.told = document.createElement("p");
    this.told.className = "hint";
    this.told.setAttribute("role", "status");
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = this.dataset.drop;
    this.classList.add("drop");
    this.append(hint, this.list, this.told);
    this.input.addEventListener("change", () => this.#take([...this.input.files]));
    const zone = this.closest("form") ?? this;
    zone.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      this.classList.add("drop-over");
    });
    zone.addEventListener("dragleave", () => this.classList.remove("drop-over"));
    zone.addEventListener("drop", (event) => {
      this.classList.remove("drop-over");
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      this.#take([...event.dataTransfer.files]);
    });
    zone.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      this.#take(files.map((file) => this.#named(file)));
    });
  }

  // Whatever is pasted is called the same; the desk wants to tell two pictures apart.
  #named(file) {
    this.#pasted += 1;
    const ending = file.type.split("/")[1]?.replace("jpeg", "jpg") ?? "bin";
    return new File([file], `pasted-${this.#pasted}.${ending}`, { type: file.type });
  }

  #take(files) {
    const said = [];
    for (const file of files) {
      const known = this.#files.some((one) => one.name === file.name && one.size === file.size);
      if (known) continue;
      if (file.size > this.largest) {
        said.push(this.dataset.tooLarge.replace("%name%", file.name));
      } else if (this.#files.length >= this.most) {
        said.push(this.dataset.tooMany);
        break;
      } else {
        this.#files.push(file);
      }
    }
    this.#show(said);
  }

  #show(said = []) {
    const carrier = new DataTransfer();
    for (const file of this.#files) carrier.items.add(file);
    this.input.files = carrier.files;
    this.list.replaceChildren(...this.#files.map((file) => this.#line(file)));
    const count = this.dataset.chosen.replace("%count%", String(this.#files.length));
    this.told.textContent = [count, ...said].join(" ");
  }

  #line(file) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = this.dataset.remove.replace("%name%", file.name);
    button.addEventListener("click", () => {
      this.#files = this.#files.filter((one) => one !== file);
      this.#show();
      this.input.focus();
    });
    line.append(name, button);
    return line;
  }
}

customElements.define("file-drop", FileDrop);
