// A page in the style of the starter with a backend: it asks the backend by jQuery and shows the answer.
$.getJSON(getWebAppBackendUrl("/first_api_call"), function (data) {
  const output = $('<pre id="answer" />').text("Backend reply: " + JSON.stringify(data));
  $("body").append(output);
});
