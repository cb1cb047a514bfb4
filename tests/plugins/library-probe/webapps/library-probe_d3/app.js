// A page in the style of the D3 starter: the rows come by dataiku.fetch, the chart is drawn by D3 version 3.
var width = 400;
var barHeight = 20;

function draw(cars) {
  var scale = d3.scale.linear().domain([0, d3.max(cars, function (car) { return car.power; })]).range([0, width]);
  var svg = d3.select("#chart").append("svg").attr("width", width).attr("height", barHeight * cars.length);
  svg.selectAll("rect").data(cars).enter().append("rect")
    .attr("y", function (car, index) { return index * barHeight; })
    .attr("height", barHeight - 2)
    .attr("width", function (car) { return scale(car.power); })
    .append("title").text(function (car) { return car.name; });
}

dataiku.fetch(getWebAppConfig()["dataset"], { sampling: "head", limit: 10000 }, function (dataFrame) {
  var columns = dataFrame.getColumnNames();
  draw(dataFrame.mapRecords(function (row) {
    var car = {};
    columns.forEach(function (column) { car[column] = column === "name" ? row[column] : +row[column]; });
    return car;
  }));
}, function (error) {
  d3.select("#problem").text(error.status + " " + error.responseJSON.message);
});
