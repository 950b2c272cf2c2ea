#include "base/text.h"
#include "commands/desk.h"
#include "lists/texts.h"

namespace majlis::commands {

Status help(Desk& desk, const Request& /*request*/) {
  const lists::Site& site = desk.work().site();
  const std::string owner = desk.default_list()
                                ? desk.default_list()->name() + "-owner@" + desk.default_list()->domain()
                                : "owner-majordomo@" + desk.default_domain();
  const lists::RenderedText text =
      lists::render_text(site, site.config().language, "help", {{"server", desk.server()}, {"owner_address", owner}});
  std::string_view rest = text.body;
  while (const auto line = next_line(rest)) desk.say(*line);
  return {};
}

}  // namespace majlis::commands
