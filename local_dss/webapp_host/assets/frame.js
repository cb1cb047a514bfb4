// Hand the hash of the outer page to the webapp when it loads, so that a link into the webapp can be shared.
const webapp = document.querySelector("iframe");
webapp.src = webapp.dataset.src + window.location.hash;
