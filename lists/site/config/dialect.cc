#include "lists/site/config/dialect.h"

#include "lists/site/config/config_write.h"
#include "lists/site/config/header_text.h"
#include "lists/site/config/listserv_codec.h"
#include "lists/site/config/listserv_templates.h"
#include "lists/site/config/mailman_codec.h"
#include "lists/site/config/mailman_text.h"
#include "lists/site/config/majordomo_codec.h"

namespace majlis::lists {

const Dialect& majordomo() {
  static const Dialect kMajordomo{.name = "majordomo",
                                  .scan = scan_config,
                                  .print = print_statements,
                                  .codec = &majordomo_codec(),
                                  .form = Dialect::Form::ours};
  return kMajordomo;
}

const Dialect& listserv() {
  static const Dialect kListserv{.name = "listserv",
                                 .scan = scan_header,
                                 .print = print_header,
                                 .codec = &listserv_codec(),
                                 .form = Dialect::Form::foreign};
  return kListserv;
}

const Dialect& listserv_templates() {
  static const Dialect kTemplates{.name = "listserv-templates",
                                  .scan = scan_templates,
                                  .print = print_templates,
                                  .codec = &listserv_templates_codec(),
                                  .form = Dialect::Form::foreign};
  return kTemplates;
}

const Dialect& mailman() {
  static const Dialect kMailman{.name = "mailman",
                                .scan = scan_mailman,
                                .print = print_mailman,
                                .codec = &mailman_codec(),
                                .form = Dialect::Form::foreign,
                                .names_charset = true};
  return kMailman;
}

const Dialect* find_dialect(std::string_view name) {
  for (const Dialect* dialect : {&majordomo(), &listserv(), &mailman()}) {
    if (name == dialect->name) return dialect;
  }
  return nullptr;
}

std::string write_in(const Dialect& dialect, const ListConfig& config, std::string_view list) {
  return dialect.print(dialect.codec->write(config, list));
}

}  // namespace majlis::lists
