#include "base/text.h"
#include "commands/verbs/verbs.h"
#include "lists/site/texts.h"

namespace majlis::commands {

Status help(Desk& desk, const Request& /*request*/) {
  const lists::Site& site = desk.work().site();
  const tongues::Dialect& dialect = *desk.tongue().dialect;
  const std::string owner = desk.default_list()
                                ? desk.default_list()->name() + "-owner@" + desk.default_list()->domain()
                                : std::string(dialect.owner) + "@" + desk.default_domain();
  const bool is_nowhere = !dialect.names_lists && !desk.default_list();
  const std::string server = is_nowhere ? "LIST-request@" + desk.default_domain() : desk.server();
  // At LIST-request in the language of the list.
  std::string language = site.config().language;
  if (desk.default_list()) {
    Result<const lists::List*> list = desk.open_list(*desk.default_list());
    if (!list) return list.error();
    language = (*list)->config().text(lists::Setting::language);
  }
  const lists::RenderedText text =
      lists::render_text(site, language, dialect.help, {{"server", server}, {"owner_address", owner}});
  std::string_view rest = text.body;
  while (const auto line = next_line(rest)) desk.show(*line);
  return {};
}

}  // namespace majlis::commands
