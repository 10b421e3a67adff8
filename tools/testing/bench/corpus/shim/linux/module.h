/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _CORPUS_MODULE_H
#define _CORPUS_MODULE_H

#define EXPORT_SYMBOL_GPL(name)	extern typeof(name) name
#define MODULE_LICENSE(text)
#define MODULE_DESCRIPTION(text)

#endif /* _CORPUS_MODULE_H */
