// Sends the form that leads to the processor. Without it there is the button.

document.querySelector("form[data-go-on]")?.submit();
