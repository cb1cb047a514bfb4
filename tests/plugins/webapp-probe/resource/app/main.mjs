// The page of the webapp in modules: it writes on the page what the library and the backend gave.

async function greet(path) {
  const answer = await fetch(window.getWebAppBackendUrl(path), { headers: { "X-Probe": "en" } });
  return answer.json();
}

async function keep(words) {
  const answer = await fetch(dataiku.getWebAppBackendUrl("keep"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ words }),
  });
  return answer.json();
}

function messageOf(action) {
  try {
    return action();
  } catch (error) {
    return error.message ?? error;
  }
}

/** Call all the page can call, and show the outcome as JSON. */
export async function show(element) {
  const config = dataiku.getWebAppConfig();
  config.title = "changed by the page";
  const firstProject = dataiku.defaultProjectKey;
  dataiku.setDefaultProjectKey("OTHER");
  dataiku.setAPIKey("not kept");
  const outcome = {
    config: dataiku.getWebAppConfig(),
    projects: [firstProject, dataiku.defaultProjectKey],
    withSlash: await greet("/greet/Ada?also=1%262"),
    withoutSlash: await greet("greet/Bo"),
    kept: (await keep(["topic", "été"])).kept,
    checkMessage: messageOf(() => dataiku.checkWebAppParameters() ?? "complete"),
    fetchMessage: messageOf(() => dataiku.fetch("reviews", { sampling: "tail" }, () => {})),
    globals: Object.keys(window).filter((name) => name.startsWith("localDss")),
    hash: window.location.hash,
    isFramed: window.parent !== window,
    colour: getComputedStyle(element).color,
  };
  element.textContent = JSON.stringify(outcome);
  element.dataset.state = "shown";
}
